-- One row an earlier application. Those with listed = false leave traces in the monthly tables only (about 5 % of loans, 12 % of cards).
create or replace temp table previous_core as
with counted as (
  select *, if(has_previous,
    greatest(1, floor(q('prev.count', 0.1 * appetite + 0.995 * z('prev.count', id)) * 0.99 + u('prev.round', id))),
      0)::integer as applications
  from client
), placed as (
  select *, (sum(applications) over (order by id rows between unbounded preceding and current row) - applications)::integer as before
    from counted
), spread as (
  select id, is_test, discipline, appetite, use, has_card, applications, before, unnest(range(applications)) as n from placed
), keyed as (
  select *, (1000001 + before + n)::integer as loan_id,
    has_card and n = floor(u('prev.card.place', id) * applications)::integer or has_card
      and u('prev.card.second', 1000001 + before + n) < 0.004 as is_card
  from spread
), judged as (
  select *, u('prev.outcome', loan_id) as u_outcome, u('prev.product', loan_id) as u_product, logistic(-1.9 + 1.0 * appetite) as refusal,
    logistic(1.06 - 0.4 * appetite) as approval from keyed
), decided as (
  select *, case when is_card then 'Approved' when u_outcome < refusal then 'Refused'
    when u_outcome < refusal + (1 - refusal) * approval then 'Approved'
    when u_outcome < refusal + (1 - refusal) * 0.979 then 'Canceled' else 'Unused offer' end as status
  from judged
), produced as (
  select *, split(case when is_card then pick('product.card', u_product) when status = 'Approved' then pick('product.approved', u_product)
    when status = 'Refused' then pick('product.refused', u_product) when status = 'Canceled' then pick('product.canceled', u_product)
    else pick('product.unused', u_product) end, '|') as product
  from decided
), kinded as (
  select * exclude (product), product[1] as contract_type, product[2] as portfolio, product[3] as product_type, product[4] as yield_group,
    nullif(product[5], '') as combination,
    case product[1] when 'Consumer loans' then 'consumer' when 'Cash loans' then 'cash' when 'Revolving loans' then 'card' else 'none'
      end as kind,
    case when product[5] like 'POS mobile%' then 'mobile' when product[5] like 'POS household%' then 'household'
      when product[5] like 'POS industry%' then 'industry'
      when product[5] like 'POS%' then 'others' when product[5] like 'Cash X%' then 'xsell' when product[5] like 'Cash S%' then 'street'
      when product[5] like 'Card%' then 'cards' else 'cash' end as family,
    0.14 * discipline + 0.2 * appetite + 0.97 * z('prev.days', loan_id) as z_days, z('prev.amount', loan_id) as z_amount,
    -- An application that was dropped before its terms were set has neither amount nor annuity.
    u('prev.blank', loan_id) < case when status = 'Canceled' then 0.968 when status = 'Unused offer'
      then if(product[1] = 'Consumer loans', 0, 1)
      when status = 'Refused' then case product[1] when 'Cash loans' then 0.168 when 'Revolving loans' then 0.05 else 0 end else 0
        end as is_blank,
    case when is_card then floor(q('pay.card_months', z('prev.card.months', loan_id)))::integer end as card_months
  from produced
), sized as (
  select *,
    round(case when is_card then -30.44 * (card_months + 1) - 28 * u('prev.card.day', loan_id)
      when status = 'Canceled' then q('prev.canceled_days', z_days) when status = 'Unused offer' then q('prev.unused_days', z_days)
      when kind = 'cash' then if(status = 'Approved', q('prev.cash_approved_days', z_days), q('prev.cash_refused_days', z_days))
      when kind = 'card' then q('prev.card_refused_days', z_days)
      else if(status = 'Approved', q('prev.consumer_approved_days', z_days), q('prev.consumer_refused_days', z_days)) end)::integer as days,
    if(is_blank, 0, case when kind = 'card' then if(u('prev.card.named', loan_id) < 0.41, 0,
      step(q('prev.card_approved_application', z_amount), 4500))
      when kind = 'cash' then step(if(status = 'Approved', q('prev.cash_approved_application', z_amount),
        q('prev.cash_refused_application', z_amount)), 4500)
      else round(if(status = 'Approved', q('prev.consumer_approved_application', z_amount),
        q('prev.consumer_refused_application', z_amount)) * 2) / 2 end)
      as application,
    u('prev.down', loan_id) as u_down, z('prev.credit', loan_id) as z_credit,
    pick_ranked('prev.consumer_payments', phi(0.35 * z_amount + 0.937 * z('prev.payments', loan_id)))::integer as consumer_payments,
    pick_ranked('prev.refused_payments', phi(0.6 * z_amount + 0.8 * z('prev.payments', loan_id)))::integer as refused_payments,
    pick_ranked('prev.cash_payments', phi(0.6 * z_amount + 0.8 * z('prev.payments', loan_id)))::integer as cash_payments
  from kinded
), priced as (
  select *, if(kind = 'card', 0, if(kind = 'cash', if(status = 'Refused', refused_payments, cash_payments), consumer_payments)) as payments,
    case when is_blank then 0 when kind = 'card' then if(application > 0, application, step(q('prev.card_limit', z_amount), 4500))
      when kind = 'cash' then round(application * q('prev.cash_approved_credit_ratio', z_credit) * 2) / 2
      else round(application * q('prev.consumer_approved_credit_ratio', z_credit) * 2) / 2 end as credit
  from sized
), scheduled as (
  select *, case when is_blank or status = 'Unused offer' then null when kind = 'card' then credit / 20
    else round(credit / payments / if(kind = 'cash', q('prev.cash_principal_share', z('prev.price', loan_id)),
      q('prev.consumer_principal_share', z('prev.price', loan_id))), 3)
    end as annuity,
    days + 30 + floor(u('prev.first_due', loan_id) * if(kind = 'consumer', 8, 2))::integer as first_due,
    case when status <> 'Approved' or kind = 'card' then null else greatest(1,
      round(payments * (1 + if(kind = 'cash', q('prev.cash_early', z('prev.early', loan_id)),
      q('prev.consumer_early', z('prev.early', loan_id)))))::integer) end as paid_months
  from priced
)
select loan_id, id, is_test, discipline, use, status, contract_type, portfolio, product_type, yield_group, combination, kind, family,
  days, application, credit,
  annuity, payments, first_due, paid_months, card_months, is_blank, u_down, is_card,
  -- A loan runs on where its last payment lies ahead.
  first_due + 30 * (paid_months - 1) > -2 as still_open,
  u('prev.listed', loan_id) >= if(status <> 'Approved', 0, if(is_card, 0.12, 0.045)) as listed,
  status = 'Approved' and kind <> 'card' and first_due < -32 and u('prev.monthly', loan_id) < if(kind = 'cash', 0.96, 0.98) as has_months
from scheduled
order by loan_id;
