-- Monthly snapshots of earlier point-of-sale and cash loans, cleaned.
select
  SK_ID_CURR,
  SK_ID_PREV,
  whole(MONTHS_BALANCE) as month,
  whole(SK_DPD) as dpd,
  whole(SK_DPD_DEF) as dpd_def,
  whole(CNT_INSTALMENT) as instalments,
  whole(CNT_INSTALMENT_FUTURE) as future,
  ratio(CNT_INSTALMENT_FUTURE, CNT_INSTALMENT) as future_share,
  NAME_CONTRACT_STATUS as status,
  row_number() over (partition by SK_ID_CURR order by MONTHS_BALANCE desc, SK_ID_PREV desc, SK_DPD desc, CNT_INSTALMENT_FUTURE desc)
    as recency
from POS_CASH_balance
