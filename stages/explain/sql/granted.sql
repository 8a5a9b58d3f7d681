-- Out-of-fold scores by client; which of them are granted is decided with the calibrator.
select SK_ID_CURR, probability
from oof
order by SK_ID_CURR
