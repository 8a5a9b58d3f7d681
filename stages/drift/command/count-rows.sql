select count(*)::double as n from part_rows;
