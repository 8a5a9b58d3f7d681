-- The last, the last 3, 5 and 10 earlier applications, and the first. \0 is the column's name.
select
  SK_ID_CURR,
  max(case when recency = 1 then columns(['payments', 'credit', 'annuity', 'asked_to_credit', 'interest', 'term', 'down_payment_rate', 'hour']) end)
    as 'previous_latest_\0_value',
  max(case when recency = 1 then cash::integer end) as previous_latest_cash,
  max(case when recency = 1 then revolving::integer end) as previous_latest_revolving,
  avg(case when recency <= 3 then columns(['payments', 'decided', 'credit', 'annuity', 'interest', 'term']) end) as 'previous_latest3_\0_mean',
  share(case when recency <= 3 then approved end) as previous_latest3_approved_share,
  share(case when recency <= 3 then revolving end) as previous_latest3_revolving_share,
  avg(case when recency <= 5 then columns(['payments', 'decided', 'credit', 'annuity', 'interest', 'asked_to_credit']) end)
    as 'previous_latest5_\0_mean',
  share(case when recency <= 5 then approved end) as previous_latest5_approved_share,
  share(case when recency <= 5 then refused end) as previous_latest5_refused_share,
  share(case when recency <= 5 then cash end) as previous_latest5_cash_share,
  avg(case when recency <= 10 then columns(['payments', 'decided', 'interest', 'asked_to_credit']) end) as 'previous_latest10_\0_mean',
  share(case when recency <= 10 then approved end) as previous_latest10_approved_share,
  share(case when recency <= 10 then refused end) as previous_latest10_refused_share,
  slope(case when recency <= 10 then annuity end, -recency) as previous_latest10_annuity_slope,
  slope(case when recency <= 10 then credit end, -recency) as previous_latest10_credit_slope,
  slope(case when recency <= 10 then interest end, -recency) as previous_latest10_interest_slope,
  min_by(credit, -recency) as previous_first_credit_value,
  min_by(payments, -recency) as previous_first_payments_value
from previous_rows
group by SK_ID_CURR
