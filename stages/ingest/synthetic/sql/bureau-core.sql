-- One row a credit at another lender. Those with listed = false appear in bureau_balance only, as about 5 % do in the original.
create or replace temp table bureau_core as
with counted as (
  select *, if(has_bureau, floor(q('bureau.count', z('bureau.count', id)) * 0.985 + u('bureau.round', id)), 0)::integer as credits,
    has_bureau and (is_test or u('bureau.months', id) < 0.355) as has_months
  from client
), placed as (
  select *, (sum(credits) over (order by id rows between unbounded preceding and current row) - credits)::integer as before from counted
), spread as (
  select id, is_test, burden, discipline, has_months, before, unnest(range(credits)) as n from placed
), keyed as (
  select *, (5000001 + before + n)::integer as credit_id from spread
), typed as (
  select *, pick('bureau.bureau_type', u('bureau.type', credit_id)) as kind,
    not has_months or u('bureau.listed', credit_id) >= 0.053 as listed
  from keyed
), stated as (
  select *, u('bureau.sold', credit_id) < 0.0038 as sold,
    u('bureau.active', credit_id) < logistic(case kind when 'consumer' then -1.22 when 'card' then 0.88 when 'car' then -0.55
      when 'mortgage' then 1.15
      else -1.0 end + 0.6 * burden) as active,
    if(kind = 'other', 'consumer', kind) as shape
  from typed
), dated as (
  select *, concat('bureau.', shape, if(active, '_active_', '_closed_')) as fact,
    0.38 * burden + 0.925 * z('bureau.days', credit_id) as z_days,
    z('bureau.sum', credit_id) as z_sum, z('bureau.duration', credit_id) as z_duration
  from stated
)
, known as (
select credit_id, id, is_test, burden, discipline, has_months, listed, kind, active and not sold as active, sold,
  least(-1, round(case fact
    when 'bureau.consumer_active_' then q('bureau.consumer_active_days', z_days)
    when 'bureau.consumer_closed_' then q('bureau.consumer_closed_days', z_days)
    when 'bureau.card_active_' then q('bureau.card_active_days', z_days)
    when 'bureau.card_closed_' then q('bureau.card_closed_days', z_days)
    when 'bureau.car_active_' then q('bureau.car_active_days', z_days)
    when 'bureau.car_closed_' then q('bureau.car_closed_days', z_days)
    when 'bureau.mortgage_active_' then q('bureau.mortgage_active_days', z_days)
    when 'bureau.mortgage_closed_' then q('bureau.mortgage_closed_days', z_days)
    when 'bureau.micro_active_' then q('bureau.micro_active_days', z_days)
    when 'bureau.micro_closed_' then q('bureau.micro_closed_days', z_days)
  end))::integer as days,
  case fact
    when 'bureau.consumer_active_' then q('bureau.consumer_active_sum', z_sum)
    when 'bureau.consumer_closed_' then q('bureau.consumer_closed_sum', z_sum)
    when 'bureau.card_active_' then q('bureau.card_active_sum', z_sum)
    when 'bureau.card_closed_' then q('bureau.card_closed_sum', z_sum)
    when 'bureau.car_active_' then q('bureau.car_active_sum', z_sum)
    when 'bureau.car_closed_' then q('bureau.car_closed_sum', z_sum)
    when 'bureau.mortgage_active_' then q('bureau.mortgage_active_sum', z_sum)
    when 'bureau.mortgage_closed_' then q('bureau.mortgage_closed_sum', z_sum)
    when 'bureau.micro_active_' then q('bureau.micro_active_sum', z_sum)
    when 'bureau.micro_closed_' then q('bureau.micro_closed_sum', z_sum)
  end as amount,
  round(case fact
    when 'bureau.consumer_active_' then q('bureau.consumer_active_duration', z_duration)
    when 'bureau.consumer_closed_' then q('bureau.consumer_closed_duration', z_duration)
    when 'bureau.card_active_' then q('bureau.card_active_duration', z_duration)
    when 'bureau.card_closed_' then q('bureau.card_closed_duration', z_duration)
    when 'bureau.car_active_' then q('bureau.car_active_duration', z_duration)
    when 'bureau.car_closed_' then q('bureau.car_closed_duration', z_duration)
    when 'bureau.mortgage_active_' then q('bureau.mortgage_active_duration', z_duration)
    when 'bureau.mortgage_closed_' then q('bureau.mortgage_closed_duration', z_duration)
    when 'bureau.micro_active_' then q('bureau.micro_active_duration', z_duration)
    when 'bureau.micro_closed_' then q('bureau.micro_closed_duration', z_duration)
  end)::integer as duration
from dated
)
select *, if(active, null,
  least(-1, greatest(days + 1, days + duration + round(q('bureau.early_end', z('bureau.early', credit_id))))))::integer as fact_end
from known
order by credit_id;
