-- Monthly snapshots of earlier credit cards, cleaned. Negative drawings are booking errors.
select
  SK_ID_CURR,
  SK_ID_PREV,
  whole(MONTHS_BALANCE) as month,
  money(AMT_BALANCE) as balance,
  money(AMT_CREDIT_LIMIT_ACTUAL) as credit_limit,
  ratio(AMT_BALANCE, AMT_CREDIT_LIMIT_ACTUAL) as limit_use,
  money(case when AMT_DRAWINGS_ATM_CURRENT >= 0 then AMT_DRAWINGS_ATM_CURRENT end) as atm,
  money(case when AMT_DRAWINGS_CURRENT >= 0 then AMT_DRAWINGS_CURRENT end) as drawings,
  money(case when AMT_DRAWINGS_POS_CURRENT >= 0 then AMT_DRAWINGS_POS_CURRENT end) as purchases,
  money(AMT_INST_MIN_REGULARITY) as minimum,
  money(AMT_PAYMENT_TOTAL_CURRENT) as payment,
  money(AMT_TOTAL_RECEIVABLE) as receivable,
  ratio(AMT_PAYMENT_CURRENT, AMT_INST_MIN_REGULARITY) as payment_to_minimum,
  ratio(case when AMT_DRAWINGS_ATM_CURRENT >= 0 then AMT_DRAWINGS_ATM_CURRENT end, AMT_CREDIT_LIMIT_ACTUAL) as atm_to_limit,
  whole(CNT_DRAWINGS_ATM_CURRENT) as atm_count,
  whole(CNT_DRAWINGS_CURRENT) as drawings_count,
  whole(CNT_DRAWINGS_POS_CURRENT) as purchases_count,
  whole(CNT_INSTALMENT_MATURE_CUM) as paid_count,
  whole(SK_DPD) as dpd,
  whole(SK_DPD_DEF) as dpd_def,
  max(month) over (partition by SK_ID_CURR) as last_month,
  row_number() over (
    partition by SK_ID_CURR
    order by MONTHS_BALANCE desc, SK_ID_PREV desc, AMT_BALANCE desc, AMT_CREDIT_LIMIT_ACTUAL desc, AMT_PAYMENT_TOTAL_CURRENT desc
  ) as recency
from credit_card_balance
