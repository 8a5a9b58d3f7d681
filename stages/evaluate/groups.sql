-- Sex, age band and loan type of each holdout client.
select
  coalesce(a.CODE_GENDER, 'unknown') as sex,
  coalesce(age_band(a.DAYS_BIRTH), 'unknown') as age,
  coalesce(a.NAME_CONTRACT_TYPE, 'unknown') as loan
from holdout h
left join applications a on a.SK_ID_CURR = h.SK_ID_CURR
order by h.SK_ID_CURR
