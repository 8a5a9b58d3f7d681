-- What evaluate does not group the clients by, by SK_ID_CURR. Region: the lender's own rating of it, 1 best.
-- History: whether the bureau or the lender's own books know the client. Family: marital status, protected in US credit law.
select
  coalesce('rating ' || a.REGION_RATING_CLIENT::integer, 'unknown') as region,
  case
    when b.known and p.known then 'bureau and own'
    when b.known then 'bureau only'
    when p.known then 'own only'
    else 'none'
  end as history,
  coalesce(a.NAME_FAMILY_STATUS, 'unknown') as family
from holdout h
left join applications a on a.SK_ID_CURR = h.SK_ID_CURR
left join (select distinct SK_ID_CURR, true as known from bureau) b on b.SK_ID_CURR = h.SK_ID_CURR
left join (select distinct SK_ID_CURR, true as known from previous) p on p.SK_ID_CURR = h.SK_ID_CURR
order by h.SK_ID_CURR
