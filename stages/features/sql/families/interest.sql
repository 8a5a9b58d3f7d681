-- What earlier loans cost: interest over the credit, a year's rate, and what of it the latest ones tell. \0 is the column's name.
select
  SK_ID_CURR,
  min(columns(['rate', 'interest_share'])) filter (where approved) as 'previous_approved_\0_min',
  max(columns(['rate', 'interest_share'])) filter (where approved) as 'previous_approved_\0_max',
  avg(columns(['rate', 'interest_share'])) filter (where approved) as 'previous_approved_\0_mean',
  max(columns(['rate', 'interest_share'])) filter (where approved and recency <= 3) as 'previous_latest3_\0_max',
  avg(columns(['rate', 'interest_share'])) filter (where refused) as 'previous_refused_\0_mean',
  avg(rate) filter (where running) as previous_running_rate_mean,
  avg(rate) filter (where cash) as previous_cash_rate_mean,
  avg(rate) filter (where consumer) as previous_consumer_rate_mean,
  avg(rate) filter (where decided >= -365) as previous_last365_rate_mean
from previous_rows
group by SK_ID_CURR
