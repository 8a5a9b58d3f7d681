-- What the scores of a client's rows say together. Scores are whole billionths here, so that sums are exact in any order.
create or replace temp table score_statistics as
with scored as (
  select SK_ID_CURR, recency, decided, round(score * 1e9)::bigint as billionths from row_scores
)
select
  SK_ID_CURR,
  sum(billionths)::double / count(*) / 1e9 as mean,
  max(billionths) / 1e9 as max,
  min(billionths) / 1e9 as min,
  sum(billionths)::double / 1e9 as sum,
  whole_variance(billionths) / 1e18 as var,
  max(billionths) filter (where recency = 1) / 1e9 as latest,
  sum(billionths) filter (where decided >= -730)::double / 1e9 as last730_sum
from scored
group by SK_ID_CURR
