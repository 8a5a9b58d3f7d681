-- One row a loan at another lender, as its model sees it: the loan, and its months, all of them and the last twelve that are known.
create or replace temp table bureau_model_rows as
with dated as (
  select SK_ID_BUREAU, STATUS, MONTHS_BALANCE, max(MONTHS_BALANCE) over (partition by SK_ID_BUREAU) as last_month
  from bureau_balance
),
balances as (
  select
    SK_ID_BUREAU,
    whole(max(last_month)) as month_last,
    count(*) filter (where STATUS = 'C') / count(*) as closed_share,
    count(*) filter (where STATUS = 'X') / count(*) as unknown_share,
    max(coalesce(lateness(STATUS), 0)) as lateness_max,
    count(*) filter (where STATUS between '1' and '5' and MONTHS_BALANCE > last_month - 12) as late_months_12,
    count(*) filter (where STATUS = '0' and MONTHS_BALANCE > last_month - 12) as on_time_months_12
  from dated
  group by SK_ID_BUREAU
)
select
  SK_ID_CURR,
  fold,
  TARGET,
  recency,
  decided,
  -- The columns of the model come after `decided`, as FLOAT.
  feature(columns(* exclude (SK_ID_CURR, fold, TARGET, recency, decided)))
from (
  select
    loans.SK_ID_CURR,
    fold,
    TARGET,
    recency,
    opened as decided,
    opened,
    recency as turn,
    flag(active) as active,
    flag(closed) as closed,
    flag(sold) as sold,
    flag(type = 'Consumer credit') as consumer,
    flag(type = 'Credit card') as card,
    flag(type = 'Mortgage') as mortgage,
    flag(type = 'Car loan') as car,
    flag(type = 'Microloan') as microloan,
    due,
    ended,
    updated,
    early,
    due - opened as duration,
    prolonged,
    credit,
    debt,
    overdue,
    max_overdue,
    annuity,
    repaid,
    debt_share,
    instalments,
    months,
    late_share,
    on_time_share,
    gap,
    balances.* exclude (SK_ID_BUREAU)
  from bureau_rows loans
  join (select SK_ID_CURR, fold, TARGET from encoded_clients) using (SK_ID_CURR)
  left join balances using (SK_ID_BUREAU)
)
order by SK_ID_CURR, recency
