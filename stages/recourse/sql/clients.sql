select SK_ID_CURR
from holdout
order by SK_ID_CURR
