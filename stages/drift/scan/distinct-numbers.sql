-- How often each value of one column occurs in either part; missing and non-finite values together as null, first.
-- reference_counts and current_counts hold the values x and how often each occurs.
select x, sum(r)::double as reference, sum(c)::double as current
from (
  select case when isfinite(x::double) then x::double end as x, n as r, 0 as c from reference_counts
  union all
  select case when isfinite(x::double) then x::double end as x, 0 as r, n as c from current_counts
)
group by x
order by x nulls first;
