-- Sixteen of the aggregates that ../shared/reference/features_linked_5k.md defines, in plain SQL over Parquet: what the peers compute too.
with bureau as (
  select SK_ID_CURR, count(*) as bureau_count, avg(DAYS_CREDIT) as bureau_opened_mean, max(AMT_CREDIT_SUM) as bureau_credit_max,
    avg(AMT_CREDIT_SUM) as bureau_credit_mean, max(AMT_CREDIT_SUM_DEBT) as bureau_debt_max,
    max(DAYS_CREDIT) filter (where CREDIT_ACTIVE = 'Active') as bureau_active_opened_max
  from read_parquet('$dir/bureau.parquet') group by SK_ID_CURR
),
previous as (
  select SK_ID_CURR, count(*) as previous_count, max(AMT_ANNUITY) as previous_annuity_max, avg(AMT_ANNUITY) as previous_annuity_mean,
    avg(AMT_CREDIT) as previous_credit_mean, avg(AMT_CREDIT) filter (where NAME_CONTRACT_STATUS = 'Approved') as previous_approved_credit_mean
  from read_parquet('$dir/previous_application.parquet') group by SK_ID_CURR
),
instalments as (
  select SK_ID_CURR, min(DAYS_INSTALMENT) as due, max(DAYS_ENTRY_PAYMENT) as paid_on, max(AMT_INSTALMENT) as owed,
    case when paid_on is not null then greatest(paid_on - due, 0) end as late
  from read_parquet('$dir/installments_payments.parquet') group by SK_ID_CURR, SK_ID_PREV, NUM_INSTALMENT_NUMBER
),
inst as (
  select SK_ID_CURR, count(*) as inst_count, max(late) as inst_late_max, avg(late) as inst_late_mean, max(owed) as inst_owed_max,
    max(late) filter (where due >= -365) as inst_last365_late_max
  from instalments group by SK_ID_CURR
)
select *
from (select SK_ID_CURR from read_parquet(['$dir/application_train.parquet', '$dir/application_test.parquet'], union_by_name = true))
left join bureau using (SK_ID_CURR) left join previous using (SK_ID_CURR) left join inst using (SK_ID_CURR)
order by SK_ID_CURR
