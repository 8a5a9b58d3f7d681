with core as (
  select credit_id, discipline, active, sold,
    least(96, -floor(days / 30.44)::integer) as age,
    case when u('months.cut', credit_id) < 0.07 then floor(u('months.cut.length', credit_id) * 40)::integer else 0 end as silent,
    if(fact_end is null or sold, 0, -floor(fact_end / 30.44)::integer) as closed_month,
    u('months.unknown', credit_id) as u_unknown, u('months.closed', credit_id) < 0.85 as says_closed,
    u('months.troubled', credit_id) < logistic(-2.3 + 1.0 * discipline) as troubled, logistic(-2 + 0.5 * discipline) as late_share
  from bureau_core where has_months
), months as (
  select *, unnest(range(least(silent, age - 1), age)) as back from core
), drawn as (
  select *, u('months.late', credit_id::bigint * 128 + back) as u_late, u('months.status', credit_id::bigint * 128 + back) as u_status
    from months
)
select credit_id as SK_ID_BUREAU, -back as MONTHS_BALANCE,
  case when back < closed_month and says_closed then 'C' when back < closed_month then 'X'
    when u_unknown < 0.16 or (u_unknown < 0.45 and u_status < 0.3) then 'X'
    when troubled and u_late < late_share then case when u_status > 0.965 or sold then '5' when u_status > 0.95 then '4'
      when u_status > 0.93 then '3'
      when u_status > 0.87 then '2' else '1' end
    when active and u_status > 0.93 then 'C' else '0' end as STATUS
from drawn
