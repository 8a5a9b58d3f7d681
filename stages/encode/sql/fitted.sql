select * from fitted_columns order by SK_ID_CURR
