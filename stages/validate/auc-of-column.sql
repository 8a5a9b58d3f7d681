-- AUC of the numbers x for the label y in the view `probe`: the Mann-Whitney statistic from ranks, ties counted half.
-- Nulls are placed below all numbers and above all of them, and the AUC further from 1/2 is taken; a column that sorts the
-- defaults last rather than first is as telling, so the answer lies in [1/2, 1]. Doubled counts keep the sums whole.
with tally as (
  select x, count(*) filter (where y = 1) p, count(*) filter (where y = 0) n from probe group by x
),
filled as (
  select p, 2 * sum(n) over (order by x) - n as below2 from tally where x is not null
),
totals as (
  select
    sum(p)::double as p, sum(n)::double as n,
    coalesce(sum(p) filter (where x is null), 0)::double as p0, coalesce(sum(n) filter (where x is null), 0)::double as n0
  from tally
),
ranked as (
  select coalesce(sum(p::hugeint * below2::hugeint), 0)::double / 2 as u from filled
),
placed as (
  select
    (u + (p - p0) * n0 + p0 * n0 / 2) / (p * n) as nulls_low,
    (u + p0 * (n - n0) + p0 * n0 / 2) / (p * n) as nulls_high
  from ranked, totals
)
select 0.5 + greatest(abs(nulls_low - 0.5), abs(nulls_high - 0.5)) as auc from placed
