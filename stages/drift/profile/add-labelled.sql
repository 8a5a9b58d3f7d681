-- Each score of a labelled row with its outcome, 0 or 1, as level, and how often the two occur together.
insert into profile_rows
select $position::integer, $name, 'DOUBLE', probability, target::integer::varchar, count(*) from profiled_labelled group by probability, target;
