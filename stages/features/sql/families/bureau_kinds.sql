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
  max(case when recency = 1 then columns(['max_overdue', 'credit']) end) as 'bureau_latest_\0_value',
  avg(case when recency <= 3 then columns(['credit', 'debt_share', 'late_share']) end) as 'bureau_latest3_\0_mean',
  sum(case when recency <= 3 then debt end) as bureau_latest3_debt_sum,

  min(case when active then columns(['due', 'updated']) end) as 'bureau_active_\0_min',
  max(case when active then columns(['max_overdue', 'overdue', 'debt']) end) as 'bureau_active_\0_max',
  avg(case when active then columns(['max_overdue', 'debt', 'updated', 'repaid', 'late_share']) end)
    as 'bureau_active_\0_mean',
  sum(case when active then columns(['debt', 'overdue']) end) as 'bureau_active_\0_sum',

  max(case when closed then columns(['due', 'max_overdue', 'credit', 'debt', 'updated']) end) as 'bureau_closed_\0_max',
  avg(case when closed then columns(['opened', 'max_overdue', 'credit', 'late_share']) end) as 'bureau_closed_\0_mean',
  sum(case when closed then columns(['credit', 'debt']) end) as 'bureau_closed_\0_sum',

  max(case when type = 'Consumer credit' then columns(['opened', 'max_overdue', 'debt']) end) as 'bureau_consumer_\0_max',
  avg(case when type = 'Consumer credit' then columns(['opened', 'credit', 'debt', 'debt_share']) end)
    as 'bureau_consumer_\0_mean',
  max(case when type = 'Credit card' then columns(['opened', 'max_overdue', 'debt']) end) as 'bureau_cards_\0_max',
  avg(case when type = 'Credit card' then columns(['opened', 'credit', 'debt', 'debt_share']) end)
    as 'bureau_cards_\0_mean',
  max(case when type = 'Mortgage' then columns(['opened', 'debt']) end) as 'bureau_mortgage_\0_max',
  avg(case when type = 'Mortgage' then columns(['credit', 'debt_share']) end) as 'bureau_mortgage_\0_mean',
  max(case when type = 'Car loan' then columns(['opened', 'debt']) end) as 'bureau_car_\0_max',
  avg(case when type = 'Car loan' then columns(['credit', 'debt_share']) end) as 'bureau_car_\0_mean',
  max(case when type = 'Microloan' then columns(['opened', 'debt']) end) as 'bureau_microloan_\0_max',
  avg(case when type = 'Microloan' then columns(['credit', 'debt_share']) end) as 'bureau_microloan_\0_mean',
  share(type = 'Consumer credit') as bureau_consumer_share,
  share(type = 'Credit card') as bureau_cards_share,
  share(type = 'Mortgage') as bureau_mortgage_share,
  share(type = 'Car loan') as bureau_car_share,
  share(type = 'Microloan') as bureau_microloan_share
from bureau_rows
group by SK_ID_CURR
