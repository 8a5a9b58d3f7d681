-- AUC of the numbers x for the label y in the view probe(name, part, x, y), for each name: the Mann-Whitney statistic from
-- ranks, ties counted half. Nulls are placed below all numbers and above all of them, and the AUC further from 1/2 is taken; a
-- column that sorts the defaults last rather than first is as telling, so the answer lies in [1/2, 1]. The parts of a name are
-- judged apart and the least telling one counts. Doubled counts keep the sums whole, so that their order does not matter.
with tally as (
  select name, part, x, count(*) filter (where y = 1) p, count(*) filter (where y = 0) n from probe group by all
),
filled as (
  select name, part, p, 2 * sum(n) over (partition by name, part order by x) - n as below2 from tally where x is not null
),
totals as (
  select
    name, part, sum(p)::double as p, sum(n)::double as n,
    coalesce(sum(p) filter (where x is null), 0)::double as p0, coalesce(sum(n) filter (where x is null), 0)::double as n0
  from tally group by name, part
),
ranked as (
  select name, part, sum(p::hugeint * below2::hugeint)::double / 2 as u from filled group by name, part
),
placed as (
  select
    name,
    (coalesce(u, 0) + (p - p0) * n0 + p0 * n0 / 2) / nullif(p * n, 0) as nulls_low,
    (coalesce(u, 0) + p0 * (n - n0) + p0 * n0 / 2) / nullif(p * n, 0) as nulls_high
  from totals left join ranked using (name, part)
)
select name, min(0.5 + coalesce(greatest(abs(nulls_low - 0.5), abs(nulls_high - 0.5)), 0)) as auc
from placed group by name order by auc desc, name
