-- What earlier loans cost: interest over the credit, a year's rate, and what of it the latest ones tell. \0 is the column's name.
select
  SK_ID_CURR,
  min(case when approved then columns(['rate', 'interest_share']) end) as 'previous_approved_\0_min',
  max(case when approved then columns(['rate', 'interest_share']) end) as 'previous_approved_\0_max',
  avg(case when approved then columns(['rate', 'interest_share']) end) as 'previous_approved_\0_mean',
  max(case when approved and recency <= 3 then columns(['rate', 'interest_share']) end) as 'previous_latest3_\0_max',
  avg(case when refused then columns(['rate', 'interest_share']) end) as 'previous_refused_\0_mean',
  avg(case when running then rate end) as previous_running_rate_mean,
  avg(case when cash then rate end) as previous_cash_rate_mean,
  avg(case when consumer then rate end) as previous_consumer_rate_mean,
  avg(case when decided >= -365 then rate end) as previous_last365_rate_mean
from previous_rows
group by SK_ID_CURR
