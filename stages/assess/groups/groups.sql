-- Groups of the judged clients, by SK_ID_CURR. Age in full years; 62 and over is a protected class in US credit law.
-- History: whether the bureau or the lender's own books know the client. Region: the lender's own rating of it, 1 best.
select
  coalesce(a.CODE_GENDER, 'unknown') as sex,
  case
    when a.DAYS_BIRTH is null then 'unknown'
    when -a.DAYS_BIRTH < 25 * 365.25 then '24 and under'
    when -a.DAYS_BIRTH < 35 * 365.25 then '25 to 34'
    when -a.DAYS_BIRTH < 45 * 365.25 then '35 to 44'
    when -a.DAYS_BIRTH < 55 * 365.25 then '45 to 54'
    when -a.DAYS_BIRTH < 62 * 365.25 then '55 to 61'
    else '62 and over'
  end as age,
  coalesce(a.NAME_CONTRACT_TYPE, 'unknown') as loan,
  coalesce('rating ' || a.REGION_RATING_CLIENT::integer, 'unknown') as region,
  case
    when b.known and p.known then 'bureau and own'
    when b.known then 'bureau only'
    when p.known then 'own only'
    else 'none'
  end as history
from predictions h
left join applications a on a.SK_ID_CURR = h.SK_ID_CURR
left join (select distinct SK_ID_CURR, true as known from bureau) b on b.SK_ID_CURR = h.SK_ID_CURR
left join (select distinct SK_ID_CURR, true as known from previous) p on p.SK_ID_CURR = h.SK_ID_CURR
order by h.SK_ID_CURR
