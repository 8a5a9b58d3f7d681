-- Clients who have no part in the fitted state.
create or replace temp view unseen as
from holdout
union all by name
from clients_features
where part = 'test'
