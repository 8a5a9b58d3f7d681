-- How lateness and overpayment move over the latest instalments, newest last, and the last loan alone. \0 is the column's name.
select
  SK_ID_CURR,
  slope(case when recency <= 12 then columns(['late', 'early', 'over', 'short']) end, -recency) as 'inst_latest12_\0_slope',
  slope(case when recency <= 24 then columns(['late', 'early', 'over', 'short']) end, -recency) as 'inst_latest24_\0_slope',
  slope(case when recency <= 60 then columns(['late', 'early', 'over']) end, -recency) as 'inst_latest60_\0_slope',
  slope(case when recency <= 120 then columns(['late', 'over']) end, -recency) as 'inst_latest120_\0_slope',
  sum(case when latest_loan then columns(['late', 'over', 'short', 'paid']) end) as 'inst_latest_loan_\0_sum',
  avg(case when latest_loan then columns(['late', 'over', 'paid_share', 'owed']) end) as 'inst_latest_loan_\0_mean',
  max(case when latest_loan then columns(['late', 'early', 'over']) end) as 'inst_latest_loan_\0_max',
  whole_variance(case when latest_loan then late end) as inst_latest_loan_late_var,
  count(case when latest_loan then 1 end) as inst_latest_loan_count,
  count(distinct SK_ID_PREV) as inst_loans
from installment_rows
group by SK_ID_CURR
