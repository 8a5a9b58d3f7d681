-- Loans at other lenders by kind: all of them more closely, active ones, closed ones, and by type. \0 is the column's name.
select
  SK_ID_CURR,
  min(columns(['due', 'gap'])) as 'bureau_\0_min',
  max(columns(['due', 'overdue', 'updated', 'gap'])) as 'bureau_\0_max',
  avg(columns(['max_overdue', 'debt', 'annuity', 'repaid', 'debt_share', 'months', 'late_share', 'on_time_share']))
    as 'bureau_\0_mean',
  sum(columns(['prolonged', 'repaid', 'months'])) as 'bureau_\0_sum',
  whole_variance(opened) as bureau_opened_var,
  share(sold) as bureau_sold_share,
  max(columns(['max_overdue', 'credit'])) filter (where recency = 1) as 'bureau_latest_\0_value',
  avg(columns(['credit', 'debt_share', 'late_share'])) filter (where recency <= 3) as 'bureau_latest3_\0_mean',
  sum(debt) filter (where recency <= 3) as bureau_latest3_debt_sum,

  min(columns(['due', 'updated'])) filter (where active) as 'bureau_active_\0_min',
  max(columns(['max_overdue', 'overdue', 'debt'])) filter (where active) as 'bureau_active_\0_max',
  avg(columns(['max_overdue', 'debt', 'updated', 'repaid', 'late_share'])) filter (where active)
    as 'bureau_active_\0_mean',
  sum(columns(['debt', 'overdue'])) filter (where active) as 'bureau_active_\0_sum',

  max(columns(['due', 'max_overdue', 'credit', 'debt', 'updated'])) filter (where closed) as 'bureau_closed_\0_max',
  avg(columns(['opened', 'max_overdue', 'credit', 'late_share'])) filter (where closed) as 'bureau_closed_\0_mean',
  sum(columns(['credit', 'debt'])) filter (where closed) as 'bureau_closed_\0_sum',

  max(columns(['opened', 'max_overdue', 'debt'])) filter (where type = 'Consumer credit') as 'bureau_consumer_\0_max',
  avg(columns(['opened', 'credit', 'debt', 'debt_share'])) filter (where type = 'Consumer credit')
    as 'bureau_consumer_\0_mean',
  max(columns(['opened', 'max_overdue', 'debt'])) filter (where type = 'Credit card') as 'bureau_cards_\0_max',
  avg(columns(['opened', 'credit', 'debt', 'debt_share'])) filter (where type = 'Credit card')
    as 'bureau_cards_\0_mean',
  max(columns(['opened', 'debt'])) filter (where type = 'Mortgage') as 'bureau_mortgage_\0_max',
  avg(columns(['credit', 'debt_share'])) filter (where type = 'Mortgage') as 'bureau_mortgage_\0_mean',
  max(columns(['opened', 'debt'])) filter (where type = 'Car loan') as 'bureau_car_\0_max',
  avg(columns(['credit', 'debt_share'])) filter (where type = 'Car loan') as 'bureau_car_\0_mean',
  max(columns(['opened', 'debt'])) filter (where type = 'Microloan') as 'bureau_microloan_\0_max',
  avg(columns(['credit', 'debt_share'])) filter (where type = 'Microloan') as 'bureau_microloan_\0_mean',
  share(type = 'Consumer credit') as bureau_consumer_share,
  share(type = 'Credit card') as bureau_cards_share,
  share(type = 'Mortgage') as bureau_mortgage_share,
  share(type = 'Car loan') as bureau_car_share,
  share(type = 'Microloan') as bureau_microloan_share
from bureau_rows
group by SK_ID_CURR
