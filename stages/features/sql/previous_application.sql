-- One row per client with earlier applications to this lender.
with clean as (
  select
    SK_ID_CURR,
    days(DAYS_DECISION) as decided,
    NAME_CONTRACT_STATUS = 'Approved' as approved,
    NAME_CONTRACT_STATUS = 'Refused' as refused,
    NAME_CONTRACT_STATUS = 'Canceled' as canceled,
    NAME_CONTRACT_TYPE as contract,
    CODE_REJECT_REASON as reject_reason,
    level(NAME_YIELD_GROUP) as yield_group,
    NAME_PRODUCT_TYPE as product_type,
    money(AMT_ANNUITY) as annuity,
    money(AMT_CREDIT) as credit,
    money(AMT_APPLICATION) as asked,
    money(AMT_DOWN_PAYMENT) as down_payment,
    ratio(RATE_DOWN_PAYMENT, 1) as down_payment_rate,
    ratio(AMT_APPLICATION, AMT_CREDIT) as asked_to_credit,
    ratio(AMT_CREDIT, AMT_ANNUITY) as credit_to_annuity,
    whole(CNT_PAYMENT) as payments,
    -- Simple interest a payment: what the annuities add up to beyond the credit, over its length.
    ratio(CNT_PAYMENT * AMT_ANNUITY - AMT_CREDIT, AMT_CREDIT * CNT_PAYMENT) as interest,
    days(DAYS_LAST_DUE_1ST_VERSION) as last_due_planned,
    days(DAYS_LAST_DUE) as last_due,
    days(DAYS_TERMINATION) as terminated,
    -- An approved loan whose last due date is the sentinel is still running.
    approved and DAYS_LAST_DUE = 365243 as running,
    whole(HOUR_APPR_PROCESS_START) as hour,
    row_number() over (partition by SK_ID_CURR order by DAYS_DECISION desc, SK_ID_PREV desc) as recency
  from previous_application
)
select
  SK_ID_CURR,
  count(*) as previous_count,
  -- Null, not 0, where there is none.
  nullif(count(case when approved then 1 end), 0) as previous_approved_count,
  count(case when approved then 1 end) / count(*) as previous_approved_share,
  nullif(count(case when refused then 1 end), 0) as previous_refused_count,
  count(case when refused then 1 end) / count(*) as previous_refused_share,
  count(case when canceled then 1 end) / count(*) as previous_canceled_share,
  count(case when reject_reason = 'HC' then 1 end) / count(*) as previous_reject_hc_share,
  count(case when reject_reason in ('SCO', 'SCOFR') then 1 end) as previous_reject_score_count,

  min(decided) as previous_decided_min,
  max(decided) as previous_decided_max,
  avg(decided) as previous_decided_mean,
  max(case when approved then decided end) as previous_approved_decided_max,
  max(case when refused then decided end) as previous_refused_decided_max,
  min(annuity) as previous_annuity_min,
  max(annuity) as previous_annuity_max,
  avg(annuity) as previous_annuity_mean,
  avg(case when approved then annuity end) as previous_approved_annuity_mean,
  max(case when approved then annuity end) as previous_approved_annuity_max,
  avg(credit) as previous_credit_mean,
  coalesce(sum(credit), 0) as previous_credit_sum,
  max(case when approved then credit end) as previous_approved_credit_max,
  avg(case when approved then credit end) as previous_approved_credit_mean,
  max(case when refused then credit end) as previous_refused_credit_max,
  avg(case when refused then credit end) as previous_refused_credit_mean,
  max(asked) as previous_asked_max,
  avg(asked_to_credit) as previous_asked_to_credit_mean,
  max(case when approved then asked_to_credit end) as previous_approved_asked_to_credit_max,
  max(down_payment) as previous_down_payment_max,
  avg(down_payment_rate) as previous_down_payment_rate_mean,
  avg(payments) as previous_payments_mean,
  max(payments) as previous_payments_max,
  avg(case when approved then credit_to_annuity end) as previous_approved_term_mean,
  min(case when approved then interest end) as previous_interest_min,
  avg(case when approved then interest end) as previous_interest_mean,
  max(case when approved then interest end) as previous_interest_max,
  max(case when recency <= 3 then interest end) as previous_latest3_interest_max,

  max(terminated) as previous_terminated_max,
  max(last_due) as previous_last_due_max,
  max(last_due_planned) as previous_last_due_planned_max,
  avg(last_due_planned - last_due) as previous_early_days_mean,
  count(case when running then 1 end) as previous_running_count,
  sum(case when running then annuity end) as previous_running_annuity_sum,
  sum(case when running then credit end) as previous_running_credit_sum,

  count(case when contract = 'Cash loans' then 1 end) / count(*) as previous_cash_share,
  count(case when contract = 'Revolving loans' then 1 end) / count(*) as previous_revolving_share,
  count(case when yield_group = 'high' then 1 end) / nullif(count(yield_group), 0) as previous_yield_high_share,
  count(case when product_type = 'walk-in' then 1 end) as previous_walk_in_count,
  avg(hour) as previous_hour_mean,

  count(case when decided >= -365 then 1 end) as previous_last365_count,
  count(case when decided >= -730 and refused then 1 end) / nullif(count(case when decided >= -730 then 1 end), 0)
    as previous_last730_refused_share,
  (max(case when recency = 1 then refused::integer end)) as previous_latest_refused,
  count(case when recency <= 3 and refused then 1 end) / count(case when recency <= 3 then 1 end) as previous_latest3_refused_share,
  avg(case when recency <= 3 then asked_to_credit end) as previous_latest3_asked_to_credit_mean
from clean
group by SK_ID_CURR
