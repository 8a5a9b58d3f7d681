-- One row per client whose loans at other lenders have a monthly history. Reads bureau_months.
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
from bureau_months
group by SK_ID_CURR
