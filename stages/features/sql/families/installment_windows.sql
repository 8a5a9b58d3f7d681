-- Instalments by how long ago they were due, the latest ones, the first of each loan, and the totals that the core leaves out. \0 is the
-- column's name. Most rows are older than most windows: they are left out before, not by a case in each aggregate.
with last365 as (
  select
    SK_ID_CURR,
    max(case when due >= -60 then columns(['late', 'short']) end) as 'inst_last60_\0_max',
    avg(case when due >= -60 then columns(['late', 'early', 'short']) end) as 'inst_last60_\0_mean',
    sum(case when due >= -60 then owed end) as inst_last60_owed_sum,
    max(case when due >= -180 then columns(['late', 'short']) end) as 'inst_last180_\0_max',
    avg(case when due >= -180 then columns(['late', 'early', 'short', 'paid_share', 'owed']) end) as 'inst_last180_\0_mean',
    share(case when due >= -180 then late > 0 end) as inst_last180_late_share,
    share(case when due >= -180 then late > 7 end) as inst_last180_late7_share,
    max(short) as inst_last365_short_max,
    avg(columns(['late', 'short', 'paid_share', 'owed'])) as 'inst_last365_\0_mean',
    min(paid_share) as inst_last365_paid_share_min,
    sum(columns(['late', 'paid', 'owed'])) as 'inst_last365_\0_sum',
    share(late > 7) as inst_last365_late7_share
  from installment_rows
  where due >= -365
  group by SK_ID_CURR
),
last1095 as (
  select
    SK_ID_CURR,
    max(case when due >= -730 then late end) as inst_last730_late_max,
    avg(case when due >= -730 then columns(['late', 'early', 'short', 'owed']) end) as 'inst_last730_\0_mean',
    share(case when due >= -730 then late > 15 end) as inst_last730_late15_share,
    max(late) as inst_last1095_late_max,
    avg(columns(['late', 'early', 'short'])) as 'inst_last1095_\0_mean',
    share(late > 0) as inst_last1095_late_share
  from installment_rows
  where due >= -1095
  group by SK_ID_CURR
),
latest10 as (
  select
    SK_ID_CURR,
    max(case when recency <= 3 then columns(['late', 'early']) end) as 'inst_latest3_\0_max',
    avg(case when recency <= 3 then columns(['late', 'early', 'short', 'paid_share']) end) as 'inst_latest3_\0_mean',
    avg(case when recency <= 5 then columns(['late', 'early', 'short']) end) as 'inst_latest5_\0_mean',
    avg(columns(['late', 'early'])) as 'inst_latest10_\0_mean'
  from installment_rows
  where recency <= 10
  group by SK_ID_CURR
),
first4 as (
  select SK_ID_CURR, avg(columns(['late', 'early', 'paid_share'])) as 'inst_first4_\0_mean'
  from installment_rows
  where NUM_INSTALMENT_NUMBER between 1 and 4
  group by SK_ID_CURR
),
ever as (
  select
    SK_ID_CURR,
    max(columns(['early', 'over'])) as 'inst_\0_max',
    avg(columns(['over', 'paid_on', 'paid'])) as 'inst_\0_mean',
    min(columns(['paid_on', 'owed'])) as 'inst_\0_min',
    max(paid) as inst_paid_max,
    sum(columns(['late', 'paid', 'owed'])) as 'inst_\0_sum',
    whole_variance(early) as inst_early_var,
    share(late > 15) as inst_late15_share,
    share(over > 0) as inst_over_share,
    sum(late * paid) / nullif(sum(paid), 0) as inst_late_weighted_mean
  from installment_rows
  group by SK_ID_CURR
)
select
  SK_ID_CURR,
  last365.* exclude (SK_ID_CURR),
  last1095.* exclude (SK_ID_CURR),
  latest10.* exclude (SK_ID_CURR),
  first4.* exclude (SK_ID_CURR),
  ever.* exclude (SK_ID_CURR, inst_late_weighted_mean),
  inst_last180_late_mean / nullif(inst_last730_late_mean, 0) as inst_late_180_to_730,
  inst_late_weighted_mean
from ever
left join last365 using (SK_ID_CURR)
left join last1095 using (SK_ID_CURR)
left join latest10 using (SK_ID_CURR)
left join first4 using (SK_ID_CURR)
