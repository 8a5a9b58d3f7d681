select name, type, sum(count)::double as total
from profile_rows
group by position, name, type
order by position, name;
