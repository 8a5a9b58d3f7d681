-- How lateness and overpayment move over the latest instalments, newest last, and the last loan alone. \0 is the column's name.
-- Rows are picked before they are added, not by a case in each sum: half the time.
with latest12 as (
  select SK_ID_CURR, slope(columns(['late', 'early', 'over', 'short']), -recency) as 'inst_latest12_\0_slope'
  from installment_rows
  where recency <= 12
  group by SK_ID_CURR
),
latest24 as (
  select SK_ID_CURR, slope(columns(['late', 'early', 'over', 'short']), -recency) as 'inst_latest24_\0_slope'
  from installment_rows
  where recency <= 24
  group by SK_ID_CURR
),
latest60 as (
  select SK_ID_CURR, slope(columns(['late', 'early', 'over']), -recency) as 'inst_latest60_\0_slope'
  from installment_rows
  where recency <= 60
  group by SK_ID_CURR
),
latest120 as (
  select SK_ID_CURR, slope(columns(['late', 'over']), -recency) as 'inst_latest120_\0_slope'
  from installment_rows
  where recency <= 120
  group by SK_ID_CURR
),
latest_loan as (
  select
    SK_ID_CURR,
    sum(columns(['late', 'over', 'short', 'paid'])) as 'inst_latest_loan_\0_sum',
    avg(columns(['late', 'over', 'paid_share', 'owed'])) as 'inst_latest_loan_\0_mean',
    max(columns(['late', 'early', 'over'])) as 'inst_latest_loan_\0_max',
    whole_variance(late) as inst_latest_loan_late_var,
    count(*) as inst_latest_loan_count
  from installment_rows
  where latest_loan
  group by SK_ID_CURR
),
loans as (
  select SK_ID_CURR, count(*) as inst_loans
  from installment_loans
  group by SK_ID_CURR
)
select *
from latest12
left join latest24 using (SK_ID_CURR)
left join latest60 using (SK_ID_CURR)
left join latest120 using (SK_ID_CURR)
left join latest_loan using (SK_ID_CURR)
left join loans using (SK_ID_CURR)
