select SK_ID_CURR, TARGET, fold, margin, probability from oof order by SK_ID_CURR
