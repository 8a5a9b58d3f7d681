-- Earlier applications by how long ago they were decided. \0 is the column's name.
select
  SK_ID_CURR,
  count(*) filter (where decided >= -180) as previous_last180_count,
  max(columns(['annuity', 'interest', 'last_due_planned'])) filter (where decided >= -180) as 'previous_last180_\0_max',
  avg(columns(['annuity', 'credit', 'asked_to_credit', 'interest', 'payments'])) filter (where decided >= -180) as 'previous_last180_\0_mean',
  share(case when decided >= -180 then refused end) as previous_last180_refused_share,
  max(columns(['annuity', 'interest', 'last_due_planned'])) filter (where decided >= -365) as 'previous_last365_\0_max',
  min(columns(['asked_minus_credit', 'asked_to_credit'])) filter (where decided >= -365) as 'previous_last365_\0_min',
  avg(columns(['annuity', 'credit', 'decided', 'asked_to_credit', 'interest', 'payments'])) filter (where decided >= -365)
    as 'previous_last365_\0_mean',
  sum(credit) filter (where decided >= -365) as previous_last365_credit_sum,
  share(case when decided >= -365 then refused end) as previous_last365_refused_share,
  share(case when decided >= -365 then cash end) as previous_last365_cash_share,
  count(*) filter (where decided >= -730) as previous_last730_count,
  max(columns(['annuity', 'interest', 'last_due_planned'])) filter (where decided >= -730) as 'previous_last730_\0_max',
  min(columns(['asked_minus_credit', 'asked_to_credit'])) filter (where decided >= -730) as 'previous_last730_\0_min',
  avg(columns(['annuity', 'credit', 'decided', 'asked_to_credit', 'interest', 'payments'])) filter (where decided >= -730)
    as 'previous_last730_\0_mean',
  sum(credit) filter (where decided >= -730) as previous_last730_credit_sum,
  share(case when decided >= -730 then approved end) as previous_last730_approved_share,
  share(case when decided >= -730 then cash end) as previous_last730_cash_share,
  count(*) filter (where decided >= -365) / count(*) as previous_count_365_to_all
from previous_rows
group by SK_ID_CURR
