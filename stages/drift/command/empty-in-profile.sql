-- Columns of the profile of which every row is missing.
select name from profile_rows where number is null and level is null group by name having sum(count) = $rows;
