-- How often each level of one column occurs in either part; missing ones as null, first. Levels by code point.
-- reference_counts and current_counts hold the values x and how often each occurs.
select x, sum(r)::double as reference, sum(c)::double as current
from (
  select x::varchar as x, n as r, 0 as c from reference_counts
  union all
  select x::varchar as x, 0 as r, n as c from current_counts
)
group by x
order by x collate "binary" nulls first;
