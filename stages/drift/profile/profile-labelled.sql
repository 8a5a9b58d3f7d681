-- Labelled scores: the outcome stands in level.
select number, level::double as target, count::double as count from profile_rows where name = $name and number is not null
order by number, target;
