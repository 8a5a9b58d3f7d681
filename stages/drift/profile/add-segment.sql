-- The scores of one group of an attribute, each with how often it occurs; a row without a score as null.
insert into profile_rows
select $position::integer, $name, $attribute, x, $group, count(*)
from (select case when isfinite(number) then number end as x from profiled_segment where code = $place)
group by x;
