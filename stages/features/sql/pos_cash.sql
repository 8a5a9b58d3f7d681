-- One row per client with monthly snapshots of earlier point-of-sale and cash loans. Reads pos_rows.
with loans as (
  select
    SK_ID_CURR,
    SK_ID_PREV,
    count(*) as months,
    min(month) as first_month,
    max(month) as last_month,
    max(dpd) as dpd_max,
    sum(dpd) as dpd_sum,
    count(case when dpd > 0 then 1 end) as late,
    count(case when dpd_def > 0 then 1 end) as late_def,
    max(dpd_def) as dpd_def_max,
    count(case when month >= -12 then 1 end) as months_12,
    max(case when month >= -12 then dpd end) as dpd_max_12,
    count(case when month >= -12 and dpd > 0 then 1 end) as late_12,
    count(case when month >= -24 then 1 end) as months_24,
    count(case when month >= -24 and dpd_def > 0 then 1 end) as late_def_24,
    count(case when status = 'Completed' then 1 end) as completed,
    max(instalments) as instalments_max,
    min(instalments) as instalments_min,
    -- The latest month's value; where a month is there twice, the larger one.
    max(month * 1000 + coalesce(future, 0)) - max(month) * 1000 as future_last
  from pos_rows
  group by SK_ID_CURR, SK_ID_PREV
),
ranked as (
  select *, row_number() over (partition by SK_ID_CURR order by first_month desc, SK_ID_PREV desc) as recency,
    completed = 0 and last_month >= -2 as running
  from loans
)
select
  SK_ID_CURR,
  sum(months) as pos_months,
  count(*) as pos_loans,
  min(first_month) as pos_month_min,
  max(dpd_max) as pos_dpd_max,
  sum(dpd_sum) / sum(months) as pos_dpd_mean,
  sum(late) / sum(months) as pos_late_share,
  max(dpd_def_max) as pos_dpd_def_max,
  sum(late_def) / sum(months) as pos_late_def_share,
  count(case when late_def > 0 then 1 end) / count(*) as pos_late_loan_share,
  max(dpd_max_12) as pos_last12_dpd_max,
  sum(late_12) / nullif(sum(months_12), 0) as pos_last12_late_share,
  sum(late_def_24) / nullif(sum(months_24), 0) as pos_last24_late_def_share,
  sum(case when recency <= 3 then late end) / nullif(sum(case when recency <= 3 then months end), 0) as pos_latest3_late_share,
  sum(completed) / sum(months) as pos_completed_share,
  count(case when instalments_min < instalments_max then 1 end) / count(*) as pos_shortened_share,
  avg(instalments_max) as pos_instalments_mean,
  sum(case when running then future_last end) as pos_running_future_sum
from ranked
group by SK_ID_CURR
