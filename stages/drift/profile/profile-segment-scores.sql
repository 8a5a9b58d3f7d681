-- The scores of one group of an attribute.
select number, count::double as count from profile_rows where name = $name and type = $attribute and level = $group order by number nulls last;
