-- What the scores of a client's rows say together. Scores are whole billionths here, so that sums are exact in any order.
create or replace temp table fitted_previous_scores as
with scored as (
  select SK_ID_CURR, recency, decided, round(score * 1e9)::bigint as billionths
  from row_scores
  join (select SK_ID_CURR, recency, decided from previous_model_rows) using (SK_ID_CURR, recency)
)
select
  SK_ID_CURR,
  sum(billionths)::double / count(*) / 1e9 as previous_score_mean,
  max(billionths) / 1e9 as previous_score_max,
  min(billionths) / 1e9 as previous_score_min,
  sum(billionths)::double / 1e9 as previous_score_sum,
  whole_variance(billionths) / 1e18 as previous_score_var,
  max(billionths) filter (where recency = 1) / 1e9 as previous_score_latest,
  sum(billionths) filter (where decided >= -730)::double / 1e9 as previous_score_last730_sum
from scored
group by SK_ID_CURR
