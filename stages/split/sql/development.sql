select features.*, fold
from features join folds using (SK_ID_CURR)
where fold >= 0
order by SK_ID_CURR
