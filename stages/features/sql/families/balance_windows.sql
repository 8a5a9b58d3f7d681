-- Months of the loans at other lenders by how long ago, how lateness moves, and loan by loan.
-- Older months are left out before, not by a case in each aggregate.
with by_loan as (
  select
    SK_ID_CURR,
    count(*) as balance_loans,
    avg(months) as balance_loan_months_mean,
    max(months) as balance_loan_months_max,
    whole_variance(months) as balance_loan_months_var,
    share(coalesce(worst, 0) > 0) as balance_late_loan_share,
    avg(coalesce(worst, 0)) as balance_loan_worst_mean
  from bureau_months
  group by SK_ID_CURR
),
ever as (
  select
    SK_ID_CURR,
    avg(lateness) as balance_lateness_mean,
    sum(lateness) as balance_lateness_sum,
    whole_variance(lateness) as balance_lateness_var,
    max(month) as balance_month_max,
    avg(month) as balance_month_mean,
    max(case when month >= -60 then lateness end) as balance_last60_lateness_max,
    avg(case when month >= -60 then lateness end) as balance_last60_lateness_mean,
    count(case when month >= -60 and lateness > 0 then 1 end) as balance_last60_late_count,
    slope(case when month >= -60 then lateness end, month) as balance_last60_lateness_slope
  from balance_rows
  group by SK_ID_CURR
),
last24 as (
  select
    SK_ID_CURR,
    max(lateness) as balance_last24_lateness_max,
    avg(lateness) as balance_last24_lateness_mean,
    count(case when lateness > 0 then 1 end) as balance_last24_late_count,
    slope(lateness, month) as balance_last24_lateness_slope
  from balance_rows
  where month >= -24
  group by SK_ID_CURR
),
last12 as (
  select
    SK_ID_CURR,
    max(case when month >= -6 then lateness end) as balance_last6_lateness_max,
    avg(case when month >= -6 then lateness end) as balance_last6_lateness_mean,
    share(case when month >= -6 then unknown end) as balance_last6_unknown_share,
    max(lateness) as balance_last12_lateness_max,
    avg(lateness) as balance_last12_lateness_mean,
    share(closed) as balance_last12_closed_share,
    slope(lateness, month) as balance_last12_lateness_slope
  from balance_rows
  where month >= -12
  group by SK_ID_CURR
)
select
  SK_ID_CURR,
  balance_lateness_mean,
  balance_lateness_sum,
  balance_lateness_var,
  balance_month_max,
  balance_month_mean,
  last12.* exclude (SK_ID_CURR, balance_last12_lateness_slope),
  balance_last24_lateness_max,
  balance_last24_lateness_mean,
  -- A count of none is 0 for whoever has months at all.
  coalesce(balance_last24_late_count, 0) as balance_last24_late_count,
  balance_last60_lateness_max,
  balance_last60_lateness_mean,
  balance_last60_late_count,
  balance_last12_lateness_slope,
  balance_last24_lateness_slope,
  balance_last60_lateness_slope,
  balance_last6_lateness_mean / nullif(balance_last24_lateness_mean, 0) as balance_lateness_6_to_24,
  balance_last12_lateness_mean / nullif(balance_last60_lateness_mean, 0) as balance_lateness_12_to_60,
  by_loan.* exclude (SK_ID_CURR)
from ever
join by_loan using (SK_ID_CURR)
left join last24 using (SK_ID_CURR)
left join last12 using (SK_ID_CURR)
