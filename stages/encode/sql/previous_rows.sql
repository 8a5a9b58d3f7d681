-- One row an earlier application, as its model sees it: the application, and what is known of the loan since. Reads the features stage's
-- cleaned rows. Fold and label are the client's: all rows of a client are in one fold.
create or replace temp table previous_model_rows as
with payments as (
  select
    SK_ID_CURR,
    SK_ID_PREV,
    count(*) as inst_count,
    max(late) as inst_late_max,
    count(*) filter (where late > 0) / count(*) as inst_late_share,
    max(early) as inst_early_max,
    sum(early)::double / nullif(count(early), 0) as inst_early_mean,
    count(*) filter (where short > 0) / count(*) as inst_short_share,
    max(short) as inst_short_max,
    max(due) as inst_due_last
  from installment_rows
  group by SK_ID_CURR, SK_ID_PREV
),
snapshots as (
  select
    SK_ID_CURR,
    SK_ID_PREV,
    count(*) as pos_months,
    max(whole(SK_DPD)) as pos_dpd_max,
    max(whole(SK_DPD_DEF)) as pos_dpd_def_max,
    min(whole(CNT_INSTALMENT_FUTURE)) as pos_future_min,
    max(whole(CNT_INSTALMENT)) as pos_instalments_max,
    max(whole(MONTHS_BALANCE)) as pos_month_last,
    count(*) filter (where SK_DPD > 0) / count(*) as pos_late_share
  from POS_CASH_balance
  group by SK_ID_CURR, SK_ID_PREV
),
cards as (
  select
    SK_ID_CURR,
    SK_ID_PREV,
    count(*) as card_months,
    max(AMT_BALANCE) as card_balance_max,
    max(ratio(AMT_BALANCE, AMT_CREDIT_LIMIT_ACTUAL)) as card_use_max,
    sum(ratio(AMT_BALANCE, AMT_CREDIT_LIMIT_ACTUAL))::double / count(*) as card_use_mean,
    sum(whole(CNT_DRAWINGS_ATM_CURRENT))::double / count(*) as card_atm_mean,
    max(whole(SK_DPD)) as card_dpd_max
  from credit_card_balance
  group by SK_ID_CURR, SK_ID_PREV
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
    earlier.SK_ID_CURR,
    fold,
    TARGET,
    recency,
    decided,
    decided as decided_on,
    recency as turn,
    flag(approved) as approved,
    flag(refused) as refused,
    flag(status = 'Canceled') as canceled,
    flag(status = 'Unused offer') as unused,
    flag(running) as running,
    flag(cash) as cash,
    flag(consumer) as consumer,
    flag(revolving) as revolving,
    hour,
    payments,
    first_drawing,
    first_due,
    last_due_planned,
    last_due,
    terminated,
    early_days,
    annuity,
    credit,
    asked,
    goods,
    down_payment,
    down_payment_rate,
    asked_minus_credit,
    asked_to_credit,
    term,
    interest_share,
    rate,
    paid,
    unpaid,
    case when approved then greatest(remaining, 0) else 0 end as remaining,
    repaid_share,
    case yield_group when 'low_action' then 0 when 'low_normal' then 1 when 'middle' then 2 when 'high' then 3 end as yield,
    flag(portfolio = 'POS') as pos,
    flag(portfolio = 'Cards') as card,
    flag(product_type = 'x-sell') as x_sell,
    flag(product_type = 'walk-in') as walk_in,
    flag(channel = 'AP+ (Cash loan)') as channel_ap,
    flag(channel = 'Credit and cash offices') as channel_offices,
    flag(channel = 'Contact center') as channel_contact,
    flag(channel in ('Country-wide', 'Regional / Local')) as channel_shops,
    flag(channel = 'Stone') as channel_stone,
    flag(client_type = 'New') as client_new,
    flag(client_type = 'Refreshed') as client_refreshed,
    flag(suite = 'Unaccompanied') as unaccompanied,
    flag(industry = 'Connectivity') as connectivity,
    flag(industry = 'Furniture') as furniture,
    flag(contains(product, 'without interest')) as without_interest,
    flag(contains(product, 'Street')) as street,
    flag(reason = 'HC') as reason_hc,
    flag(reason = 'LIMIT') as reason_limit,
    flag(reason in ('SCO', 'SCOFR')) as reason_score,
    payments.* exclude (SK_ID_CURR, SK_ID_PREV),
    snapshots.* exclude (SK_ID_CURR, SK_ID_PREV),
    cards.* exclude (SK_ID_CURR, SK_ID_PREV)
  from previous_rows earlier
  join (select SK_ID_CURR, fold, TARGET from encoded_clients) using (SK_ID_CURR)
  left join payments using (SK_ID_CURR, SK_ID_PREV)
  left join snapshots using (SK_ID_CURR, SK_ID_PREV)
  left join cards using (SK_ID_CURR, SK_ID_PREV)
)
order by SK_ID_CURR, recency
