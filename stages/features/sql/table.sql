-- Keys and all features, one row per client, in the order of SK_ID_CURR.
select *
from all_features
order by SK_ID_CURR
