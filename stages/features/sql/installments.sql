-- One row per client with instalments of earlier loans. Reads installment_loans.
with ranked as (
  select *, row_number() over (partition by SK_ID_CURR order by last_due desc, SK_ID_PREV desc) as recency
  from installment_loans
)
select
  SK_ID_CURR,
  sum(n) as inst_count,
  max(last_paid) as inst_paid_on_max,
  max(late_max) as inst_late_max,
  sum(late_sum) / nullif(sum(n_paid), 0) as inst_late_mean,
  case when sum(n_paid) > 1 then
    (sum(n_paid) * sum(late_square) - sum(late_sum) * sum(late_sum))::double / (sum(n_paid)::double * (sum(n_paid) - 1))
  end as inst_late_var,
  sum(early_sum) / nullif(sum(n_paid), 0) as inst_early_mean,
  sum(late_n) / nullif(sum(n_paid), 0) as inst_late_share,
  sum(late7_n) / nullif(sum(n_paid), 0) as inst_late7_share,
  1 - sum(n_paid) / sum(n) as inst_unpaid_share,
  sum(short_n) / sum(n) as inst_short_share,
  max(short_max) as inst_short_max,
  sum(short_sum) / sum(n) as inst_short_mean,
  sum(paid_sum) / nullif(sum(owed_sum), 0) as inst_paid_to_owed,
  sum(paid_share_sum) / nullif(sum(paid_share_n), 0) as inst_paid_share_mean,
  max(owed_max) as inst_owed_max,
  sum(owed_sum) / sum(n) as inst_owed_mean,
  max(late_year_max) as inst_last365_late_max,
  sum(late_year_n) / nullif(sum(n_year), 0) as inst_last365_late_share,
  min(margin_year_min) as inst_last365_margin_min,
  sum(early_year_sum) / nullif(sum(n_year), 0) as inst_last365_early_mean,
  sum(late_two_n) / nullif(sum(n_two), 0) as inst_last730_late_share,
  sum(case when recency = 1 then late_n end) / nullif(sum(case when recency = 1 then n_paid end), 0) as inst_latest_late_share,
  sum(case when recency = 1 then early_sum end) / nullif(sum(case when recency = 1 then n_paid end), 0) as inst_latest_early_mean
from ranked
group by SK_ID_CURR
