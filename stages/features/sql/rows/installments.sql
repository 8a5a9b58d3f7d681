-- Instalments of earlier loans. A payment may be split: one row an instalment.
with instalments as (
  select
    SK_ID_CURR,
    SK_ID_PREV,
    NUM_INSTALMENT_NUMBER,
    min(days(DAYS_INSTALMENT)) as due,
    max(days(DAYS_ENTRY_PAYMENT)) as paid_on,
    max(money(AMT_INSTALMENT)) as owed,
    coalesce(sum(money(AMT_PAYMENT)), 0) as paid
  from installments_payments
  group by SK_ID_CURR, SK_ID_PREV, NUM_INSTALMENT_NUMBER
)
select
  *,
  -- Null where nothing was paid: greatest() alone would skip the null.
  case when paid_on is not null then greatest(paid_on - due, 0) end as late,
  case when paid_on is not null then greatest(due - paid_on, 0) end as early,
  owed - paid as short,
  greatest(paid - owed, 0) as over,
  ratio(paid, owed) as paid_share,
  due >= -365 as last_year,
  due >= -730 as last_two,
  row_number() over newest_first as recency,
  SK_ID_PREV = first_value(SK_ID_PREV) over newest_first as latest_loan
from instalments
window newest_first as (partition by SK_ID_CURR order by due desc nulls last, SK_ID_PREV desc, NUM_INSTALMENT_NUMBER desc)
