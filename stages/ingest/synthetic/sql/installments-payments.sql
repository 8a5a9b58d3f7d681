-- Loans: one row an instalment that fell due, two where it was paid in parts. Cards: the monthly minimum, version 0.
with loans as (
  select loan_id, id, discipline, is_card, annuity, payments, paid_months, first_due,
    if(is_card, least(96, card_months), least(paid_months, floor((-1 - first_due) / 30)::integer + 1)) as due,
    if(is_card, 0.0, if(paid_months < payments, 1 + 0.9 * (payments - paid_months) * 0.8, 1.0)) as last_factor,
    if(is_card, if(0.8 * use + 0.6 * z('card.use', loan_id) < -0.75, 0, 2), 1) as rows_each,
    logistic(-3.15 + 0.95 * discipline + 0.5 * z('inst.habit', loan_id)) as late_share, 0.7 * z('inst.early', id) as early
  from previous_core where status = 'Approved' and (is_card or (has_months and u('inst.known', loan_id) < 0.99))
), numbered as (
  select *, unnest(range(due)) as n from loans where due > 0 and rows_each > 0
), drawn as (
  select *, u('inst.parts', loan_id::bigint * 128 + n) as u_parts, logistic(-3.1 + 0.6 * discipline) as split_share from numbered
), parted as (
  select *, unnest(range(if(is_card, 1 + (u_parts < 0.3)::integer, 1 + (u_parts < split_share)::integer))) as part from drawn
), paid as (
  select *, (loan_id::bigint * 128 + n) * 4 + part as key, if(is_card, -30 * (due - n) + 5, first_due + 30 * n) as due_day,
    case when is_card then round(q('pay.card_instalment', z('inst.amount', (loan_id::bigint * 128 + n) * 4 + part)), 3)
      else round(annuity * if(n = paid_months - 1, last_factor, 1), 3) end as amount
  from parted
), timed as (
  select *, u('inst.late', (loan_id::bigint * 128 + n)) < late_share as is_late,
    not is_card and u_parts < split_share as is_split, if(part = 1 and not is_card, 1 + floor(u('inst.second', key) * 12), 0) as second,
    if(is_card, key, loan_id::bigint * 128 + n) as day_key
  from paid
)
select loan_id as SK_ID_PREV, id as SK_ID_CURR,
  if(is_card, 0, if(n = paid_months - 1 and paid_months < payments, 2, 1)) as NUM_INSTALMENT_VERSION,
  if(is_card, n + part + 1, n + 1) as NUM_INSTALMENT_NUMBER,
  least(-1, due_day) as DAYS_INSTALMENT,
  if(u('inst.unpaid', key) < 0.0002135, null,
    least(-1, second + least(if(is_split, -2, -1), least(-1, due_day) + if(is_late,
      greatest(1, round(q('pay.days_late', z('inst.days', day_key) + 0.3 * discipline))),
        -round(q('pay.days_early', early + 0.714 * z('inst.days', day_key)))))))
    as DAYS_ENTRY_PAYMENT,
  amount as AMT_INSTALMENT,
  if(DAYS_ENTRY_PAYMENT is null, null, if(is_split,
    if(part = 0, round(amount * (0.2 + 0.6 * u('inst.share', loan_id::bigint * 128 + n)), 3),
      round(amount * (0.8 - 0.6 * u('inst.share', loan_id::bigint * 128 + n)), 3)), amount))
    as AMT_PAYMENT
from timed
