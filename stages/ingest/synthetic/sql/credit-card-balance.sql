with cards as (
  select loan_id, id, card_months, discipline, 0.8 * use + 0.6 * z('card.use', loan_id) as z_use,
    greatest(45000, step(q('pay.card_limit_actual', z('card.limit', loan_id) - 0.45), 45000)) as full_limit,
    floor(u('card.begin', loan_id) * u('card.begin.early', loan_id) * card_months)::integer as begins,
    u('card.ends', loan_id) as u_ends, logistic(-4.3 + 0.9 * discipline) as late_share, u('card.silent', loan_id) as u_silent
  from previous_core where is_card
), known as (
  select *, z_use < -0.75 as is_idle, q('pay.card_use', z_use) as usual,
    card_months - if(u_ends < 0.3, floor(u_ends * 3 * card_months)::integer, 0) as stops from cards
), months as (
  select *, unnest(range(card_months)) as n from known
), drawn as (
  select *, loan_id::bigint * 128 + n as key, not is_idle and n >= begins and n < stops as in_use from months
), active as (
  select *, if(n >= stops and u_ends < 0.12, 0, full_limit) as credit_limit, u('card.atm', key) as u_atm, u('card.pos', key) as u_pos,
    u('card.pay', key) as u_pay,
    in_use and u('card.balance', key) < 0.87 as owes, not is_idle as is_asked
  from drawn
), amounts as (
  select *, if(owes, greatest(0, least(1.09, usual * (1 + 0.2 * z('card.month', key)))) * full_limit, 0) as balance,
    if(in_use and u_atm < 0.22, step(q('pay.atm_ratio', z('card.atm.amount', key)) * full_limit, 4500), 0) as atm,
    if(in_use and u_pos < 0.2, round(q('pay.pos_ratio', z('card.pos.amount', key)) * full_limit, 2), 0) as pos,
    if(in_use and u_pos > 0.994, round(full_limit * 0.2 * u('card.other', key), 2), 0) as other,
    -- Idle cards, and a few months of the others, come without the split of drawings.
    (is_idle and u_silent < 0.7) or u('card.split', key) < 0.03 as no_split
  from active
), totals as (
  select *, greatest(if(balance > 0, 2250, 0), round(balance * 0.05, 3)) as minimum,
    round(balance * (0.94 + 0.05 * u('card.interest', key)), 3) as principal,
    owes and u('card.late', key) < late_share * 2.2 as is_late,
    if(no_split, null, if(atm > 0, greatest(1, round(q('pay.atm_count', z('card.atm.count', key)))), 0)) as atm_count,
    if(no_split, null, if(pos > 0, greatest(1, round(q('pay.pos_count', z('card.pos.count', key)))), 0)) as pos_count,
    if(no_split, null, (other > 0)::integer) as other_count
  from amounts
)
select loan_id as SK_ID_PREV, id as SK_ID_CURR, n - card_months as MONTHS_BALANCE,
  round(balance, 3) as AMT_BALANCE, credit_limit as AMT_CREDIT_LIMIT_ACTUAL,
  if(no_split, null, atm) as AMT_DRAWINGS_ATM_CURRENT, if(no_split, 0, atm + pos + other) as AMT_DRAWINGS_CURRENT,
  if(no_split, null, other) as AMT_DRAWINGS_OTHER_CURRENT, if(no_split, null, pos) as AMT_DRAWINGS_POS_CURRENT,
  if(u('card.minimum', key) < 0.0795, null, minimum) as AMT_INST_MIN_REGULARITY,
  if(no_split or u_pay < 0.03, null,
    if(in_use, if(u_pay > 0.94, round(balance * 0.6, 2), greatest(step(minimum * (1 + 1.5 * u_pay), 450), round(minimum * u_pay, 2))),
      0)) as AMT_PAYMENT_CURRENT,
  if(in_use, coalesce(AMT_PAYMENT_CURRENT, 0), 0) as AMT_PAYMENT_TOTAL_CURRENT,
  principal as AMT_RECEIVABLE_PRINCIPAL, round(balance - if(u_pay < 0.012, 300, 0), 3) as AMT_RECIVABLE,
    AMT_RECIVABLE as AMT_TOTAL_RECEIVABLE,
  atm_count as CNT_DRAWINGS_ATM_CURRENT, coalesce(atm_count + pos_count + other_count, 0) as CNT_DRAWINGS_CURRENT,
  other_count as CNT_DRAWINGS_OTHER_CURRENT, pos_count as CNT_DRAWINGS_POS_CURRENT,
  if(AMT_INST_MIN_REGULARITY is null, null, if(is_idle, 0, greatest(0, n - begins))) as CNT_INSTALMENT_MATURE_CUM,
  case when n >= stops and u_ends < 0.12 then 'Completed' when n = 0 and u_pay < 0.1 then 'Signed' else 'Active' end
    as NAME_CONTRACT_STATUS,
  if(is_late, greatest(1, round(q('pay.card_dpd', z('card.dpd', key)))), 0) as SK_DPD,
  if(is_late and u_pay < 0.5, 1 + if(u_pay < 0.02, floor(u_pay * 1500), 0), 0) as SK_DPD_DEF
from totals
