-- Monthly snapshots of earlier credit cards: the rest of the columns, by how long ago, and how they move. \0 is the column's name.
-- Older rows are left out before, not by a case in each aggregate.
with ever as (
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
    avg(case when month >= -48 then columns(['balance', 'limit_use']) end) as 'card_last48_\0_mean'
  from card_rows
  group by SK_ID_CURR
),
last24 as (
  select
    SK_ID_CURR,
    max(case when month >= -6 then columns(['balance', 'limit_use']) end) as 'card_last6_\0_max',
    avg(case when month >= -6 then columns(['balance', 'limit_use', 'drawings', 'payment']) end) as 'card_last6_\0_mean',
    max(case when month >= -12 then columns(['balance', 'limit_use', 'dpd']) end) as 'card_last12_\0_max',
    avg(case when month >= -12 then columns(['balance', 'atm_count', 'drawings', 'payment', 'payment_to_minimum']) end) as 'card_last12_\0_mean',
    max(columns(['balance', 'limit_use', 'dpd', 'dpd_def'])) as 'card_last24_\0_max',
    avg(columns(['balance', 'limit_use', 'atm_count'])) as 'card_last24_\0_mean',
    avg(drawings) as last24_drawings_mean
  from card_rows
  where month >= -24
  group by SK_ID_CURR
),
latest24 as (
  select
    SK_ID_CURR,
    avg(case when recency <= 3 then columns(['limit_use', 'drawings', 'payment']) end) as 'card_latest3_\0_mean',
    slope(case when recency <= 6 then columns(['balance', 'limit_use']) end, -recency) as 'card_latest6_\0_slope',
    slope(case when recency <= 12 then columns(['balance', 'limit_use', 'payment']) end, -recency) as 'card_latest12_\0_slope',
    slope(columns(['balance', 'limit_use']), -recency) as 'card_latest24_\0_slope'
  from card_rows
  where recency <= 24
  group by SK_ID_CURR
)
select
  SK_ID_CURR,
  ever.* exclude (SK_ID_CURR, card_last48_balance_mean, card_last48_limit_use_mean),
  card_latest3_limit_use_mean,
  card_latest3_drawings_mean,
  card_latest3_payment_mean,
  last24.* exclude (SK_ID_CURR, last24_drawings_mean),
  card_last48_balance_mean,
  card_last48_limit_use_mean,
  latest24.* exclude (SK_ID_CURR, card_latest3_limit_use_mean, card_latest3_drawings_mean, card_latest3_payment_mean),
  card_last6_balance_mean / nullif(card_last24_balance_mean, 0) as card_balance_6_to_24,
  card_last6_drawings_mean / nullif(last24_drawings_mean, 0) as card_drawings_6_to_24
from ever
left join last24 using (SK_ID_CURR)
left join latest24 using (SK_ID_CURR)
