select SK_ID_CURR, TARGET, fold from development order by SK_ID_CURR
