-- One row per client with loans at other lenders.
with clean as (
  select
    SK_ID_CURR,
    SK_ID_BUREAU,
    CREDIT_ACTIVE = 'Active' as active,
    CREDIT_ACTIVE = 'Closed' as closed,
    CREDIT_TYPE as type,
    CREDIT_TYPE = 'Credit card' as card,
    days(DAYS_CREDIT) as opened,
    -- Dates a century away are typing errors.
    case when DAYS_CREDIT_ENDDATE > -40000 then days(DAYS_CREDIT_ENDDATE) end as due,
    case when DAYS_ENDDATE_FACT > -40000 then days(DAYS_ENDDATE_FACT) end as ended,
    whole(CREDIT_DAY_OVERDUE) as days_overdue,
    money(AMT_CREDIT_SUM) as credit,
    money(AMT_CREDIT_SUM_DEBT) as debt,
    money(AMT_CREDIT_SUM_OVERDUE) as overdue,
    money(AMT_CREDIT_MAX_OVERDUE) as max_overdue,
    money(AMT_ANNUITY) as annuity,
    ratio(AMT_CREDIT_SUM_DEBT, AMT_CREDIT_SUM) as debt_share,
    row_number() over (partition by SK_ID_CURR order by DAYS_CREDIT desc, SK_ID_BUREAU desc) as recency
  from bureau
),
totals as (
  select
    SK_ID_CURR,
    count(*) as n,
    sum(credit) as credit_sum,
    sum(debt) as debt_sum,
    sum(case when active then credit end) as active_credit_sum,
    sum(case when active then debt end) as active_debt_sum,
    count(case when active then 1 end) as active_n,
    count(case when opened >= -365 then 1 end) as last_year_n,
    min(opened) as opened_min,
    max(opened) as opened_max,

    n as bureau_count,
    -- Null, not 0, where there is none; the same for the other counts of a kind.
    nullif(active_n, 0) as bureau_active_count,
    active_n / n as bureau_active_share,
    count(distinct type) as bureau_type_count,
    count(case when type = 'Microloan' then 1 end) as bureau_microloan_count,

    opened_min as bureau_opened_min,
    opened_max as bureau_opened_max,
    avg(opened) as bureau_opened_mean,
    max(case when active then opened end) as bureau_active_opened_max,
    avg(case when active then opened end) as bureau_active_opened_mean,
    max(case when closed then opened end) as bureau_closed_opened_max,
    whole_variance(case when closed then opened end) as bureau_closed_opened_var,
    (opened_max - opened_min) / nullif(n - 1, 0) as bureau_opened_gap_mean,
    max(case when active then due end) as bureau_active_due_max,
    avg(case when closed then due - ended end) as bureau_closed_early_mean,
    avg(due - opened) as bureau_term_mean,

    max(credit) as bureau_credit_max,
    avg(credit) as bureau_credit_mean,
    coalesce(credit_sum, 0) as bureau_credit_sum,
    sum(case when active then coalesce(credit, 0) end) as bureau_active_credit_sum,
    max(case when active then credit end) as bureau_active_credit_max,
    max(debt) as bureau_debt_max,
    coalesce(debt_sum, 0) as bureau_debt_sum,
    coalesce(debt_sum, 0) / nullif(credit_sum, 0) as bureau_debt_to_credit,
    active_debt_sum / nullif(active_credit_sum, 0) as bureau_active_debt_to_credit,
    max(debt_share) as bureau_debt_share_max,
    avg(case when active then debt_share end) as bureau_active_debt_share_mean,
    sum(case when card then debt end) / nullif(sum(case when card then credit end), 0) as bureau_card_debt_to_credit,
    sum(case when active then annuity end) as bureau_active_annuity_sum,

    max(days_overdue) as bureau_days_overdue_max,
    sum(overdue) as bureau_overdue_sum,
    max(max_overdue) as bureau_max_overdue_max,

    count(case when opened >= -180 then 1 end) as bureau_last180_count,
    nullif(last_year_n, 0) as bureau_last365_count,
    sum(case when opened >= -365 then coalesce(credit, 0) end) as bureau_last365_credit_sum,
    sum(case when opened >= -365 then debt end) / nullif(sum(case when opened >= -365 then credit end), 0) as bureau_last365_debt_to_credit,
    max(case when opened >= -730 then max_overdue end) as bureau_last730_max_overdue_max,
    max(case when recency = 1 then debt_share end) as bureau_latest_debt_share,
    avg(case when recency <= 3 then opened end) as bureau_latest3_opened_mean
  from clean
  group by SK_ID_CURR
)
select * exclude (n, credit_sum, debt_sum, active_credit_sum, active_debt_sum, active_n, last_year_n, opened_min, opened_max)
from totals
