-- Keys and all features, one row per client. Already in the order of SK_ID_CURR: sorting rows of a thousand columns is dear.
select *
from all_features
