-- Loans at other lenders, cleaned, with what is known of their months. Reads bureau_months.
select
  SK_ID_CURR,
  SK_ID_BUREAU,
  CREDIT_ACTIVE = 'Active' as active,
  CREDIT_ACTIVE = 'Closed' as closed,
  CREDIT_ACTIVE = 'Sold' as sold,
  CREDIT_TYPE as type,
  days(DAYS_CREDIT) as opened,
  -- Dates a century away are typing errors.
  case when DAYS_CREDIT_ENDDATE > -40000 then days(DAYS_CREDIT_ENDDATE) end as due,
  case when DAYS_ENDDATE_FACT > -40000 then days(DAYS_ENDDATE_FACT) end as ended,
  case when DAYS_CREDIT_UPDATE > -40000 then days(DAYS_CREDIT_UPDATE) end as updated,
  due - ended as early,
  whole(CNT_CREDIT_PROLONG) as prolonged,
  money(AMT_CREDIT_SUM) as credit,
  money(AMT_CREDIT_SUM_DEBT) as debt,
  money(AMT_CREDIT_SUM_OVERDUE) as overdue,
  money(AMT_CREDIT_MAX_OVERDUE) as max_overdue,
  money(AMT_ANNUITY) as annuity,
  money(AMT_CREDIT_SUM - AMT_CREDIT_SUM_DEBT) as repaid,
  ratio(AMT_CREDIT_SUM_DEBT, AMT_CREDIT_SUM) as debt_share,
  ratio(AMT_CREDIT_SUM, AMT_ANNUITY) as instalments,
  whole(months) as months,
  ratio(late / months, 1) as late_share,
  ratio(on_time / months, 1) as on_time_share,
  row_number() over (partition by SK_ID_CURR order by DAYS_CREDIT desc, SK_ID_BUREAU desc) as recency,
  -- Days since the loan before it.
  opened - lead(opened) over (partition by SK_ID_CURR order by DAYS_CREDIT desc, SK_ID_BUREAU desc) as gap
from bureau
left join (select SK_ID_CURR, SK_ID_BUREAU, months, late, on_time from bureau_months) using (SK_ID_CURR, SK_ID_BUREAU)
