select * exclude (SK_ID_CURR, TARGET, part, fold) from development order by SK_ID_CURR
