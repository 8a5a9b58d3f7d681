with core as (
  select *, z('bureau.debt', credit_id) * 0.8 + 0.6 * burden - 0.15 as z_debt,
    u('bureau.end.none', credit_id) < if(kind = 'card', 0.22, 0.012) as endless,
    phi(0.7 * z('bureau.annuity.client', id) + 0.714 * z('bureau.annuity', credit_id)) as u_annuity,
    active and u('bureau.overdue', credit_id) < logistic(-5.2 + 0.9 * discipline) as overdue,
    logistic(-2.95 + 0.8 * discipline) as late_share
  from bureau_core where listed
)
select id as SK_ID_CURR, credit_id as SK_ID_BUREAU,
  case when sold then if(u('bureau.bad', credit_id) < 0.003, 'Bad debt', 'Sold') when active then 'Active' else 'Closed' end
    as CREDIT_ACTIVE,
  pick('bureau.bureau_currency', u('bureau.currency', credit_id)) as CREDIT_CURRENCY,
  days as DAYS_CREDIT,
  if(overdue, greatest(1, round(q('bureau.overdue_days', z('bureau.overdue.days', credit_id)))), 0) as CREDIT_DAY_OVERDUE,
  if(endless, null, days + duration)::double as DAYS_CREDIT_ENDDATE,
  fact_end as DAYS_ENDDATE_FACT,
  case when u('bureau.max.none', credit_id) < 0.655 then null when u('bureau.max', credit_id) < late_share * 2.7
    then round(q('bureau.max_overdue', z('bureau.max.amount', credit_id)), 2) else 0 end as AMT_CREDIT_MAX_OVERDUE,
  pick('bureau.bureau_prolong', u('bureau.prolong', credit_id))::integer as CNT_CREDIT_PROLONG,
  if(u('bureau.sum.none', credit_id) < 0.0000076, null, round(if(u('bureau.sum.round', credit_id) < 0.6, step(amount, 450), amount), 2))
    as AMT_CREDIT_SUM,
  case when u('bureau.debt.none', credit_id) < if(active, 0.108, 0.172) then null
    when not active then if(u('bureau.debt.left', credit_id) < 0.01, round(amount * 0.4, 2), 0)
    else round(amount * case kind when 'card' then q('bureau.card_debt', z_debt) when 'car' then q('bureau.car_debt', z_debt)
      when 'mortgage' then q('bureau.mortgage_debt', z_debt) when 'micro' then q('bureau.micro_debt', z_debt)
        else q('bureau.consumer_debt', z_debt) end, 2)
    end as AMT_CREDIT_SUM_DEBT,
  case when u('bureau.limit.none', credit_id) < if(kind = 'card' and active, 0.26, 0.365) then null
    when kind = 'card' and u('bureau.limit', credit_id) < if(active, 0.31, 0.06)
      then round(q('bureau.limit', z('bureau.limit.amount', credit_id)), 2)
    else 0 end as AMT_CREDIT_SUM_LIMIT,
  if(overdue, round(q('bureau.overdue_amount', z('bureau.overdue.amount', credit_id)), 2), 0) as AMT_CREDIT_SUM_OVERDUE,
  case kind when 'consumer' then 'Consumer credit' when 'card' then 'Credit card' when 'car' then 'Car loan' when 'mortgage' then 'Mortgage'
    when 'micro' then 'Microloan' else pick('bureau.bureau_other_type', u('bureau.other', credit_id)) end as CREDIT_TYPE,
  round(if(active, greatest(days, q('bureau.active_update', z('bureau.update', credit_id))),
    least(-1, fact_end * (1 - q('bureau.closed_update_share', z('bureau.update', credit_id)))))) as DAYS_CREDIT_UPDATE,
  case when u_annuity < if(is_test, 0.385, 0.77) then null when u('bureau.annuity.zero', credit_id) < 0.53 then 0
    else round(amount * q('bureau.annuity_ratio', z('bureau.annuity.ratio', credit_id)), 2) end as AMT_ANNUITY
from core
