select TARGET, fold, probability from oof order by SK_ID_CURR
