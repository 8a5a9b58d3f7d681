-- position 0 names the source: its digest as level, its rows as count.
create or replace table profile_rows (
  position integer, name varchar, type varchar, number double, level varchar, count bigint
);
