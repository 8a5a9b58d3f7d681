-- What the list of applicants shows of each form, by SK_ID_CURR; the kind of loan as its place among all kinds, who has none after the last.
select
  SK_ID_CURR,
  AMT_CREDIT,
  AMT_ANNUITY,
  least(dense_rank() over (order by NAME_CONTRACT_TYPE nulls last) - 1, 255) as contract,
from listed
order by SK_ID_CURR
