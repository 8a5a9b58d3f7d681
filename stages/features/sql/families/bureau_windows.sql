-- Loans at other lenders by when they were opened. \0 is the column's name.
select
  SK_ID_CURR,
  max(columns(['max_overdue', 'credit'])) filter (where opened >= -180) as 'bureau_last180_\0_max',
  avg(columns(['debt', 'debt_share', 'late_share'])) filter (where opened >= -180) as 'bureau_last180_\0_mean',
  sum(columns(['credit', 'debt'])) filter (where opened >= -180) as 'bureau_last180_\0_sum',
  max(columns(['max_overdue', 'credit'])) filter (where opened >= -365) as 'bureau_last365_\0_max',
  avg(columns(['debt', 'debt_share', 'repaid', 'late_share'])) filter (where opened >= -365)
    as 'bureau_last365_\0_mean',
  sum(debt) filter (where opened >= -365) as bureau_last365_debt_sum,
  max(credit) filter (where opened >= -730) as bureau_last730_credit_max,
  avg(columns(['debt', 'debt_share', 'repaid', 'late_share'])) filter (where opened >= -730)
    as 'bureau_last730_\0_mean',
  sum(columns(['credit', 'debt'])) filter (where opened >= -730) as 'bureau_last730_\0_sum',
  max(columns(['max_overdue', 'credit'])) filter (where opened >= -1095) as 'bureau_last1095_\0_max',
  avg(columns(['debt', 'debt_share', 'repaid', 'late_share'])) filter (where opened >= -1095)
    as 'bureau_last1095_\0_mean',
  sum(columns(['credit', 'debt'])) filter (where opened >= -1095) as 'bureau_last1095_\0_sum',
  count(*) filter (where opened >= -730) as bureau_last730_count,
  count(*) filter (where opened >= -1095) as bureau_last1095_count,
  count(*) filter (where opened >= -180) / nullif(count(*) filter (where opened >= -730), 0) as bureau_count_180_to_730,
  sum(credit) filter (where opened >= -365) / nullif(sum(credit) filter (where opened >= -1095), 0) as bureau_credit_365_to_1095,
  sum(debt) filter (where opened >= -365) / nullif(sum(debt), 0) as bureau_debt_365_to_all
from bureau_rows
group by SK_ID_CURR
