select features.*
from features join folds using (SK_ID_CURR)
where fold = -1
order by SK_ID_CURR
