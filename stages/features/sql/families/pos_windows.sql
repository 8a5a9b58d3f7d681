-- Monthly snapshots of earlier loans by how long ago, and how they move. \0 is the column's name.
-- Older rows are left out before, not by a case in each aggregate.
with ever as (
  select
    SK_ID_CURR,
    max(month) as pos_month_max,
    sum(dpd) as pos_dpd_sum,
    whole_variance(dpd) as pos_dpd_var,
    avg(dpd_def) as pos_dpd_def_mean,
    sum(dpd_def) as pos_dpd_def_sum,
    avg(columns(['future', 'future_share'])) as 'pos_\0_mean',
    max(columns(['future', 'instalments'])) as 'pos_\0_max',
    share(status = 'Active') as pos_active_share,
    share(status = 'Signed') as pos_signed_share,
    share(status = 'Returned to the store') as pos_returned_share,
    share(status = 'Demand') as pos_demand_share,
    share(status = 'Amortized debt') as pos_amortized_share,
    max(case when month >= -60 then columns(['dpd', 'dpd_def']) end) as 'pos_last60_\0_max',
    share(case when month >= -60 then dpd > 0 end) as pos_last60_late_share
  from pos_rows
  group by SK_ID_CURR
),
last24 as (
  select
    SK_ID_CURR,
    max(case when month >= -6 then columns(['dpd', 'dpd_def']) end) as 'pos_last6_\0_max',
    avg(case when month >= -6 then columns(['dpd', 'future_share']) end) as 'pos_last6_\0_mean',
    share(case when month >= -6 then dpd > 0 end) as pos_last6_late_share,
    max(case when month >= -12 then dpd_def end) as pos_last12_dpd_def_max,
    avg(case when month >= -12 then columns(['dpd', 'future_share']) end) as 'pos_last12_\0_mean',
    max(columns(['dpd', 'dpd_def'])) as 'pos_last24_\0_max',
    avg(columns(['dpd', 'dpd_def'])) as 'pos_last24_\0_mean',
    share(dpd > 0) as pos_last24_late_share
  from pos_rows
  where month >= -24
  group by SK_ID_CURR
),
latest12 as (
  select
    SK_ID_CURR,
    slope(case when recency <= 6 then columns(['dpd', 'future']) end, -recency) as 'pos_latest6_\0_slope',
    slope(columns(['dpd', 'future']), -recency) as 'pos_latest12_\0_slope'
  from pos_rows
  where recency <= 12
  group by SK_ID_CURR
),
latest60 as (
  select SK_ID_CURR, slope(columns(['dpd', 'future']), -recency) as 'pos_latest60_\0_slope'
  from pos_rows
  where recency <= 60
  group by SK_ID_CURR
)
select
  SK_ID_CURR,
  ever.* exclude (SK_ID_CURR, pos_last60_dpd_max, pos_last60_dpd_def_max, pos_last60_late_share),
  last24.* exclude (SK_ID_CURR),
  pos_last60_dpd_max,
  pos_last60_dpd_def_max,
  pos_last60_late_share,
  pos_latest6_dpd_slope,
  pos_latest12_dpd_slope,
  pos_latest60_dpd_slope,
  pos_latest6_future_slope,
  pos_latest12_future_slope,
  pos_latest60_future_slope,
  pos_last6_dpd_mean / nullif(pos_last24_dpd_mean, 0) as pos_dpd_6_to_24
from ever
left join last24 using (SK_ID_CURR)
left join latest12 using (SK_ID_CURR)
left join latest60 using (SK_ID_CURR)
