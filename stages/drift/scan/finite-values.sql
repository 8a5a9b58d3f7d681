-- The finite values of one column in either part, in no order; null where there are none. reference_column and current_column hold them as x.
select
  (select list(x::double) from reference_column where isfinite(x::double)) as reference,
  (select list(x::double) from current_column where isfinite(x::double)) as current;
