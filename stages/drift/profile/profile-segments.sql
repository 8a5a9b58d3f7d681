-- The groups of each attribute with their rows, the most frequent first.
select type as attribute, level as "group", sum(count)::double as rows
from profile_rows
where name = $name
group by attribute, "group"
order by min(position), attribute, rows desc, "group";
