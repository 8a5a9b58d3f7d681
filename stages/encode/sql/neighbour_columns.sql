create or replace temp table fitted_neighbours as
select SK_ID_CURR, rate as neighbours_default_rate
from neighbour_rates
