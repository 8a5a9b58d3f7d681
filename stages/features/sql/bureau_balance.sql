-- One row per client whose loans at other lenders have a monthly history. STATUS: C closed, X unknown, 0 on time, 1 to 5 late.
with months as (
  select
    SK_ID_BUREAU,
    whole(MONTHS_BALANCE) as month,
    STATUS as status,
    lateness(STATUS) as lateness
  from bureau_balance
),
loans as (
  select
    SK_ID_BUREAU,
    count(*) as months,
    min(month) as first_month,
    max(lateness) as worst,
    count(case when lateness > 0 then 1 end) as late,
    count(case when status = 'C' then 1 end) as closed,
    count(case when status = 'X' then 1 end) as unknown,
    count(case when month >= -12 then 1 end) as months_12,
    count(case when month >= -12 and lateness > 0 then 1 end) as late_12,
    max(case when lateness > 0 then month end) as last_late_month
  from months
  group by SK_ID_BUREAU
)
select
  SK_ID_CURR,
  sum(months) as balance_months,
  min(first_month) as balance_month_min,
  sum(late) / sum(months) as balance_late_share,
  sum(closed) / sum(months) as balance_closed_share,
  sum(unknown) / sum(months) as balance_unknown_share,
  max(worst) as balance_worst,
  sum(late_12) / nullif(sum(months_12), 0) as balance_last12_late_share,
  max(last_late_month) as balance_last_late_month
from loans
join (select SK_ID_CURR, SK_ID_BUREAU from bureau) using (SK_ID_BUREAU)
group by SK_ID_CURR
