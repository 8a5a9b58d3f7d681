select SK_ID_CURR, AMT_CREDIT, AMT_ANNUITY, AMT_GOODS_PRICE, coalesce(NAME_CONTRACT_TYPE, '') as contract
from application_train
order by SK_ID_CURR
