select SK_ID_CURR, TARGET, fold, margin
from oof
order by SK_ID_CURR
