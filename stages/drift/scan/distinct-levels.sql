-- How often each level of one column occurs in either part; missing ones as null, first. Levels by code point.
select x, sum(r)::double as reference, sum(c)::double as current
from (
  select x::varchar as x, count(*) as r, 0 as c from reference_column group by all
  union all
  select x::varchar as x, 0 as r, count(*) as c from current_column group by all
)
group by x
order by x collate "binary" nulls first;
