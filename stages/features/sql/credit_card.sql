-- One row per client with monthly snapshots of earlier credit cards.
with clean as (
  select
    SK_ID_CURR,
    SK_ID_PREV,
    whole(MONTHS_BALANCE) as month,
    money(AMT_BALANCE) as balance,
    money(AMT_CREDIT_LIMIT_ACTUAL) as credit_limit,
    ratio(AMT_BALANCE, AMT_CREDIT_LIMIT_ACTUAL) as limit_use,
    money(AMT_DRAWINGS_ATM_CURRENT) as atm,
    money(AMT_DRAWINGS_CURRENT) as drawings,
    money(AMT_INST_MIN_REGULARITY) as minimum,
    money(AMT_PAYMENT_TOTAL_CURRENT) as payment,
    whole(CNT_DRAWINGS_ATM_CURRENT) as atm_count,
    whole(SK_DPD) as dpd,
    whole(SK_DPD_DEF) as dpd_def,
    max(whole(MONTHS_BALANCE)) over (partition by SK_ID_CURR) as last_month
  from credit_card_balance
)
select
  SK_ID_CURR,
  count(*) as card_months,
  max(balance) as card_balance_max,
  avg(balance) as card_balance_mean,
  sum(case when month = last_month then balance end) as card_latest_balance,
  max(credit_limit) as card_limit_max,
  max(limit_use) as card_limit_use_max,
  avg(limit_use) as card_limit_use_mean,
  max(case when month > last_month - 2 then limit_use end) as card_latest2_limit_use_max,
  avg(case when month >= -12 then limit_use end) as card_last12_limit_use_mean,
  sum(atm) as card_atm_sum,
  -- Negative drawings are booking errors.
  sum(case when atm >= 0 then atm end) / nullif(sum(case when drawings >= 0 then drawings end), 0) as card_atm_share,
  avg(case when drawings >= 0 then drawings end) as card_drawings_mean,
  avg(atm_count) as card_atm_count_mean,
  avg(payment) as card_payment_mean,
  sum(payment) / nullif(sum(minimum), 0) as card_payment_to_minimum,
  max(dpd) as card_dpd_max,
  max(dpd_def) as card_dpd_def_max,
  count(case when dpd > 0 then 1 end) / count(*) as card_late_share,
  count(case when dpd_def > 0 and month >= -24 then 1 end) as card_last24_late_def_months
from clean
group by SK_ID_CURR
