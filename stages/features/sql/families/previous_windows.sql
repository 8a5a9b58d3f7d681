-- Earlier applications by how long ago they were decided. \0 is the column's name.
select
  SK_ID_CURR,
  count(case when decided >= -180 then 1 end) as previous_last180_count,
  max(case when decided >= -180 then columns(['annuity', 'interest', 'last_due_planned']) end) as 'previous_last180_\0_max',
  avg(case when decided >= -180 then columns(['annuity', 'credit', 'asked_to_credit', 'interest', 'payments']) end) as 'previous_last180_\0_mean',
  share(case when decided >= -180 then refused end) as previous_last180_refused_share,
  max(case when decided >= -365 then columns(['annuity', 'interest', 'last_due_planned']) end) as 'previous_last365_\0_max',
  min(case when decided >= -365 then columns(['asked_minus_credit', 'asked_to_credit']) end) as 'previous_last365_\0_min',
  avg(case when decided >= -365 then columns(['annuity', 'credit', 'decided', 'asked_to_credit', 'interest', 'payments']) end)
    as 'previous_last365_\0_mean',
  sum(case when decided >= -365 then credit end) as previous_last365_credit_sum,
  share(case when decided >= -365 then refused end) as previous_last365_refused_share,
  share(case when decided >= -365 then cash end) as previous_last365_cash_share,
  count(case when decided >= -730 then 1 end) as previous_last730_count,
  max(case when decided >= -730 then columns(['annuity', 'interest', 'last_due_planned']) end) as 'previous_last730_\0_max',
  min(case when decided >= -730 then columns(['asked_minus_credit', 'asked_to_credit']) end) as 'previous_last730_\0_min',
  avg(case when decided >= -730 then columns(['annuity', 'credit', 'decided', 'asked_to_credit', 'interest', 'payments']) end)
    as 'previous_last730_\0_mean',
  sum(case when decided >= -730 then credit end) as previous_last730_credit_sum,
  share(case when decided >= -730 then approved end) as previous_last730_approved_share,
  share(case when decided >= -730 then cash end) as previous_last730_cash_share,
  count(case when decided >= -365 then 1 end) / count(*) as previous_count_365_to_all
from previous_rows
group by SK_ID_CURR
