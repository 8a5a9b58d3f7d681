-- Every labelled client with an out-of-fold score, thinned by $every; those that are the reference of estimate and classifier.
create or replace table labelled_rows as
select o.SK_ID_CURR, o.TARGET, o.probability::double as probability
from oof_rows o
semi join development_rows d on d.SK_ID_CURR = o.SK_ID_CURR
where o.SK_ID_CURR % $every = 0
order by o.SK_ID_CURR;
