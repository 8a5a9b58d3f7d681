-- The finite values of one column, in no order: the view column_rows holds them as x.
select x::double as x from column_rows where isfinite(x::double);
