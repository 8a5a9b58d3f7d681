-- How often each value of one column occurs in either part; missing and non-finite values together as null, first.
-- The views reference_column and current_column hold the column as x.
select x, sum(r)::double as reference, sum(c)::double as current
from (
  select case when isfinite(x::double) then x::double end as x, count(*) as r, 0 as c
  from reference_column
  group by all
  union all
  select case when isfinite(x::double) then x::double end as x, 0 as r, count(*) as c
  from current_column
  group by all
)
group by x
order by x nulls first;
