-- Earlier applications, cleaned, with what was paid for each.
with paid as (
  select SK_ID_CURR, SK_ID_PREV, sum(paid) as paid, sum(owed - paid) as unpaid from installment_rows group by SK_ID_CURR, SK_ID_PREV
)
select
  SK_ID_CURR,
  SK_ID_PREV,
  NAME_CONTRACT_STATUS as status,
  NAME_CONTRACT_STATUS = 'Approved' as approved,
  NAME_CONTRACT_STATUS = 'Refused' as refused,
  -- An approved loan whose last due date is the sentinel is still running.
  approved and DAYS_LAST_DUE = 365243 as running,
  NAME_CONTRACT_TYPE = 'Consumer loans' as consumer,
  NAME_CONTRACT_TYPE = 'Cash loans' as cash,
  NAME_CONTRACT_TYPE = 'Revolving loans' as revolving,
  days(DAYS_DECISION) as decided,
  whole(HOUR_APPR_PROCESS_START) as hour,
  whole(CNT_PAYMENT) as payments,
  days(DAYS_FIRST_DRAWING) as first_drawing,
  days(DAYS_FIRST_DUE) as first_due,
  days(DAYS_LAST_DUE_1ST_VERSION) as last_due_planned,
  days(DAYS_LAST_DUE) as last_due,
  days(DAYS_TERMINATION) as terminated,
  last_due_planned - last_due as early_days,
  money(AMT_ANNUITY) as annuity,
  money(AMT_CREDIT) as credit,
  money(AMT_APPLICATION) as asked,
  money(AMT_GOODS_PRICE) as goods,
  money(AMT_DOWN_PAYMENT) as down_payment,
  ratio(RATE_DOWN_PAYMENT, 1) as down_payment_rate,
  money(AMT_APPLICATION - AMT_CREDIT) as asked_minus_credit,
  ratio(AMT_APPLICATION, AMT_CREDIT) as asked_to_credit,
  ratio(AMT_CREDIT, AMT_ANNUITY) as term,
  ratio(CNT_PAYMENT * AMT_ANNUITY - AMT_CREDIT, AMT_CREDIT) as interest_share,
  -- Simple interest a payment, and a year's rate of a loan repaid in equal parts: half of it is owed on average.
  ratio(CNT_PAYMENT * AMT_ANNUITY - AMT_CREDIT, AMT_CREDIT * CNT_PAYMENT) as interest,
  ratio(24 * (CNT_PAYMENT * AMT_ANNUITY - AMT_CREDIT), AMT_CREDIT * (CNT_PAYMENT + 1)) as rate,
  paid.paid,
  paid.unpaid,
  credit - paid.paid as remaining,
  ratio(paid.paid, AMT_CREDIT) as repaid_share,
  level(NAME_YIELD_GROUP) as yield_group,
  level(NAME_PORTFOLIO) as portfolio,
  level(NAME_PRODUCT_TYPE) as product_type,
  level(CHANNEL_TYPE) as channel,
  level(NAME_TYPE_SUITE) as suite,
  level(NAME_CLIENT_TYPE) as client_type,
  level(NAME_SELLER_INDUSTRY) as industry,
  level(PRODUCT_COMBINATION) as product,
  CODE_REJECT_REASON as reason,
  row_number() over (partition by SK_ID_CURR order by DAYS_DECISION desc, SK_ID_PREV desc) as recency
from previous_application
left join paid using (SK_ID_CURR, SK_ID_PREV)
