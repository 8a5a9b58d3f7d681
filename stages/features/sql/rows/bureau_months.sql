-- Loans at other lenders that have months, one row each: what is known of their months. Reads balance_rows.
select
  SK_ID_CURR,
  SK_ID_BUREAU,
  count(*) as months,
  min(month) as first_month,
  max(known_lateness) as worst,
  count(case when known_lateness > 0 then 1 end) as late,
  count(case when known_lateness = 0 then 1 end) as on_time,
  count(case when closed then 1 end) as closed,
  count(case when unknown then 1 end) as unknown,
  count(case when month >= -12 then 1 end) as months_12,
  count(case when month >= -12 and known_lateness > 0 then 1 end) as late_12,
  max(case when known_lateness > 0 then month end) as last_late_month
from balance_rows
group by SK_ID_CURR, SK_ID_BUREAU
