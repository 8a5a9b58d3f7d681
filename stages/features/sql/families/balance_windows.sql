-- Months of the loans at other lenders by how long ago, how lateness moves, and loan by loan.
with loans as (
  select SK_ID_CURR, SK_ID_BUREAU, max(lateness) as worst, count(*) as months, max(month) as last_month
  from balance_rows
  group by SK_ID_CURR, SK_ID_BUREAU
),
by_loan as (
  select
    SK_ID_CURR,
    count(*) as balance_loans,
    avg(months) as balance_loan_months_mean,
    max(months) as balance_loan_months_max,
    whole_variance(months) as balance_loan_months_var,
    share(worst > 0) as balance_late_loan_share,
    avg(worst) as balance_loan_worst_mean
  from loans
  group by SK_ID_CURR
)
select
  SK_ID_CURR,
  avg(lateness) as balance_lateness_mean,
  sum(lateness) as balance_lateness_sum,
  whole_variance(lateness) as balance_lateness_var,
  max(month) as balance_month_max,
  avg(month) as balance_month_mean,
  max(case when month >= -6 then lateness end) as balance_last6_lateness_max,
  avg(case when month >= -6 then lateness end) as balance_last6_lateness_mean,
  share(case when month >= -6 then unknown end) as balance_last6_unknown_share,
  max(case when month >= -12 then lateness end) as balance_last12_lateness_max,
  avg(case when month >= -12 then lateness end) as balance_last12_lateness_mean,
  share(case when month >= -12 then closed end) as balance_last12_closed_share,
  max(case when month >= -24 then lateness end) as balance_last24_lateness_max,
  avg(case when month >= -24 then lateness end) as balance_last24_lateness_mean,
  count(case when month >= -24 and lateness > 0 then 1 end) as balance_last24_late_count,
  max(case when month >= -60 then lateness end) as balance_last60_lateness_max,
  avg(case when month >= -60 then lateness end) as balance_last60_lateness_mean,
  count(case when month >= -60 and lateness > 0 then 1 end) as balance_last60_late_count,
  slope(case when month >= -12 then lateness end, month) as balance_last12_lateness_slope,
  slope(case when month >= -24 then lateness end, month) as balance_last24_lateness_slope,
  slope(case when month >= -60 then lateness end, month) as balance_last60_lateness_slope,
  avg(case when month >= -6 then lateness end) / nullif(avg(case when month >= -24 then lateness end), 0) as balance_lateness_6_to_24,
  avg(case when month >= -12 then lateness end) / nullif(avg(case when month >= -60 then lateness end), 0) as balance_lateness_12_to_60,
  any_value(columns(by_loan.* exclude (SK_ID_CURR)))
from balance_rows
join by_loan using (SK_ID_CURR)
group by SK_ID_CURR
