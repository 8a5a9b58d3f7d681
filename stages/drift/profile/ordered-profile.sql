select position, name, type, number, level, count
from profile_rows
order by position, name, number nulls first, level collate "binary" nulls first
