select TARGET from development order by SK_ID_CURR
