-- One column of the reference: each finite value with how often it occurs, and missing or non-finite ones together as null.
insert into profile_rows
select $position::integer, $name, $type, x, null, count(*)
from (select case when isfinite(x::double) then x::double end as x from profiled_column)
where x is not null
group by x
union all
select $position::integer, $name, $type, null, null, count(*) filter (x is null or not isfinite(x::double)) from profiled_column;
