-- Loans at other lenders by when they were opened. \0 is the column's name.
select
  SK_ID_CURR,
  max(case when opened >= -180 then columns(['max_overdue', 'credit']) end) as 'bureau_last180_\0_max',
  avg(case when opened >= -180 then columns(['debt', 'debt_share', 'late_share']) end) as 'bureau_last180_\0_mean',
  sum(case when opened >= -180 then columns(['credit', 'debt']) end) as 'bureau_last180_\0_sum',
  max(case when opened >= -365 then columns(['max_overdue', 'credit']) end) as 'bureau_last365_\0_max',
  avg(case when opened >= -365 then columns(['debt', 'debt_share', 'repaid', 'late_share']) end)
    as 'bureau_last365_\0_mean',
  sum(case when opened >= -365 then debt end) as bureau_last365_debt_sum,
  max(case when opened >= -730 then credit end) as bureau_last730_credit_max,
  avg(case when opened >= -730 then columns(['debt', 'debt_share', 'repaid', 'late_share']) end)
    as 'bureau_last730_\0_mean',
  sum(case when opened >= -730 then columns(['credit', 'debt']) end) as 'bureau_last730_\0_sum',
  max(case when opened >= -1095 then columns(['max_overdue', 'credit']) end) as 'bureau_last1095_\0_max',
  avg(case when opened >= -1095 then columns(['debt', 'debt_share', 'repaid', 'late_share']) end)
    as 'bureau_last1095_\0_mean',
  sum(case when opened >= -1095 then columns(['credit', 'debt']) end) as 'bureau_last1095_\0_sum',
  count(case when opened >= -730 then 1 end) as bureau_last730_count,
  count(case when opened >= -1095 then 1 end) as bureau_last1095_count,
  count(case when opened >= -180 then 1 end) / nullif(count(case when opened >= -730 then 1 end), 0) as bureau_count_180_to_730,
  sum(case when opened >= -365 then credit end) / nullif(sum(case when opened >= -1095 then credit end), 0) as bureau_credit_365_to_1095,
  sum(case when opened >= -365 then debt end) / nullif(sum(debt), 0) as bureau_debt_365_to_all
from bureau_rows
group by SK_ID_CURR
