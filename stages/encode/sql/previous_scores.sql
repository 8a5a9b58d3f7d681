create or replace temp table fitted_previous_scores as
select SK_ID_CURR, columns(* exclude (SK_ID_CURR)) as 'previous_score_\0'
from score_statistics
