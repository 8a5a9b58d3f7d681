-- One column of the reference: each level with how often it occurs, and missing ones as null.
insert into profile_rows
select $position::integer, $name, $type, null, x::varchar, count(*) from profiled_column where x is not null group by x::varchar
union all
select $position::integer, $name, $type, null, null, count(*) filter (x is null) from profiled_column;
