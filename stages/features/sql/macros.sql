-- Shared by all feature files. Sums and means must not depend on the order of rows, so amounts and ratios become
-- decimals before they are added: decimal sums are exact. A value that does not fit (NaN, infinite) is unknown: null.
create or replace macro money(x) as try_cast(x as decimal(18, 6));
-- Of an infinite whole nothing is a share, not even none.
create or replace macro ratio(a, b) as case when isfinite(b::double) then try_cast(a::double / nullif(b::double, 0) as decimal(28, 15)) end;
create or replace macro square(x) as x * x;
create or replace macro whole(x) as try_cast(x as integer);
-- 365243 days stands for "no such date" in every DAYS_ column.
create or replace macro days(x) as nullif(try_cast(x as integer), 365243);
create or replace macro level(x) as case when x not in ('', 'XNA', 'Unknown') then x end;
-- A category's place in the list of its levels, from 0.
create or replace macro code(x, levels) as nullif(list_position(levels, x), 0) - 1;
-- Of a month of bureau_balance: 0 is on time, 1 up to 30 days late, 5 more than 120 days or written off.
create or replace macro lateness(status) as
  case status when '0' then 0 when '1' then 1 when '2' then 2 when '3' then 3 when '4' then 4 when '5' then 5 end;
create or replace macro flag(x) as case when x then 1 when not x then 0 end;
-- Sample variance (n - 1) of whole numbers, exact up to the one division.
create or replace macro whole_variance(x) as
  case when count(x) > 1 then (count(x) * sum(x::bigint * x) - sum(x) * sum(x))::double / (count(x)::double * (count(x) - 1)) end;
-- What is stored: Float32, never infinite or NaN.
create or replace macro feature(x) as case when isfinite(try_cast(x as float)) then try_cast(x as float) end;
-- Slope of least squares of y over whole x (regr_slope), of exact sums, so that the order of rows is no matter.
create or replace macro slope(y, x) as
  (count(y)::double * sum(x * y)::double - sum(case when y is not null then x end)::double * sum(y)::double)
  / nullif(
    count(y)::double * sum(case when y is not null then x::bigint * x end)::double
      - sum(case when y is not null then x end)::double * sum(case when y is not null then x end)::double,
    0
  );
-- Share of rows where a condition holds; null, not 0, where it is never known.
create or replace macro share(x) as count(case when x then 1 end) / nullif(count(x), 0);
