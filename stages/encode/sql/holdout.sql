select * from holdout join fitted_columns using (SK_ID_CURR) order by SK_ID_CURR
