-- Monthly snapshots of earlier credit cards: the rest of the columns, by how long ago, and how they move. \0 is the column's name.
select
  SK_ID_CURR,
  min(month) as card_month_min,
  count(distinct SK_ID_PREV) as card_count,
  max(columns(['drawings', 'atm', 'payment', 'minimum', 'drawings_count', 'atm_count', 'paid_count']))
    as 'card_\0_max',
  avg(columns(['credit_limit', 'atm', 'purchases', 'minimum', 'drawings_count', 'purchases_count', 'payment_to_minimum', 'atm_to_limit', 'dpd']))
    as 'card_\0_mean',
  min(payment_to_minimum) as card_payment_to_minimum_min,
  sum(columns(['drawings', 'dpd'])) as 'card_\0_sum',
  max(case when month > last_month - 1 then columns(['limit_use', 'atm_count', 'payment_to_minimum']) end) as 'card_latest_\0_value',
  avg(case when recency <= 3 then columns(['limit_use', 'drawings', 'payment']) end) as 'card_latest3_\0_mean',
  max(case when month >= -6 then columns(['balance', 'limit_use']) end) as 'card_last6_\0_max',
  avg(case when month >= -6 then columns(['balance', 'limit_use', 'drawings', 'payment']) end) as 'card_last6_\0_mean',
  max(case when month >= -12 then columns(['balance', 'limit_use', 'dpd']) end) as 'card_last12_\0_max',
  avg(case when month >= -12 then columns(['balance', 'atm_count', 'drawings', 'payment', 'payment_to_minimum']) end) as 'card_last12_\0_mean',
  max(case when month >= -24 then columns(['balance', 'limit_use', 'dpd', 'dpd_def']) end) as 'card_last24_\0_max',
  avg(case when month >= -24 then columns(['balance', 'limit_use', 'atm_count']) end) as 'card_last24_\0_mean',
  avg(case when month >= -48 then columns(['balance', 'limit_use']) end) as 'card_last48_\0_mean',
  slope(case when recency <= 6 then columns(['balance', 'limit_use']) end, -recency) as 'card_latest6_\0_slope',
  slope(case when recency <= 12 then columns(['balance', 'limit_use', 'payment']) end, -recency) as 'card_latest12_\0_slope',
  slope(case when recency <= 24 then columns(['balance', 'limit_use']) end, -recency) as 'card_latest24_\0_slope',
  avg(case when month >= -6 then balance end) / nullif(avg(case when month >= -24 then balance end), 0) as card_balance_6_to_24,
  avg(case when month >= -6 then drawings end) / nullif(avg(case when month >= -24 then drawings end), 0) as card_drawings_6_to_24
from card_rows
group by SK_ID_CURR
