select number, count::double as count from profile_rows where name = $name and number is not null order by number;
