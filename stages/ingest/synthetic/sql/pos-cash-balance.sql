with loans as (
  select loan_id, id, payments, paid_months, still_open, least(96, -floor(days / 30.44)::integer) as age,
    u('pos.troubled', loan_id) < logistic(-3.1 + 1.1 * discipline) as troubled, logistic(-2.2 + 0.4 * discipline) as late_share, discipline
  from previous_core where has_months
), months as (
  -- One row a month from the decision to the last payment, or to last month.
  select *, unnest(range(least(age, paid_months + 1))) as n from loans
), drawn as (
  select *, age - n as back, u('pos.late', loan_id::bigint * 128 + n) < late_share as is_late,
    z('pos.days', loan_id::bigint * 128 + n) as z_late,
    u('pos.status', loan_id::bigint * 128 + n) as u_status, n >= paid_months as is_last
  from months
), late as (
  select *, troubled and is_late as is_due,
    if(troubled and is_late, greatest(1, round(q('pay.pos_dpd_def', z_late + 0.25 * discipline))), 0)::integer as dpd_def
  from drawn where back > 0
)
select loan_id as SK_ID_PREV, id as SK_ID_CURR, -back as MONTHS_BALANCE,
  if(u_status < 0.0026, null, if(is_last and paid_months < payments, paid_months, payments)) as CNT_INSTALMENT,
  if(u_status < 0.0026, null, if(is_last, 0, payments - n)) as CNT_INSTALMENT_FUTURE,
  case when is_last then 'Completed' when n = 0 and u_status > 0.91 then if(u_status > 0.985,
    if(u_status > 0.996, 'Returned to the store', 'Approved'), 'Signed')
    when is_due and dpd_def > 30 and u_status > 0.5 then 'Demand' when is_due and dpd_def > 30 and u_status > 0.3 then 'Amortized debt'
      else 'Active' end
    as NAME_CONTRACT_STATUS,
  if(is_due, greatest(dpd_def, if(u_status > 0.66, greatest(1, round(q('pay.pos_dpd', z_late))), dpd_def)),
    if(u_status > 0.981, greatest(1, round(q('pay.pos_dpd', z_late))), 0))
    as SK_DPD,
  dpd_def as SK_DPD_DEF
from late
