-- A column of a type that is not compared: its name and type, and how often it is missing.
insert into profile_rows
select $position::integer, $name, $type, null, null, count(*) filter (x is null) from profiled_column;
