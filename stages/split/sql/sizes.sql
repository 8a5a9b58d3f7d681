-- Per class: clients, of them in the holdout, and how many folds have one.
select
  classes.TARGET as target,
  count(fold) as clients,
  count(*) filter (where fold = -1) as held,
  count(distinct fold) filter (where fold >= 0) as folds
from (values (0), (1)) classes(TARGET)
left join (select TARGET, fold from features join folds using (SK_ID_CURR)) rows using (TARGET)
group by classes.TARGET
order by target
