-- 2,400 rows whose default depends on two of the features; every value is a function of the row number and the seed.
with numbers as (select i, hash(i, $seed) as h from range(2400) t(i)),
     draws as (
       select i,
              (h % 1009) / 1009.0 as a,
              ((h // 1009) % 1013) / 1013.0 as b,
              ((h // 1022117) % 1019) / 1019.0 as c
       from numbers
     )
select (100000 + i)::INTEGER as SK_ID_CURR,
       (c < 0.4 * (1 - a) + 0.05)::TINYINT as TARGET,
       'train' as part,
       case when i % 5 = 0 then null else a end::FLOAT as EXT_SOURCE_1,
       (45000 + 1000 * floor(b * 400))::FLOAT as "AMT CREDIT",
       (i % 4)::FLOAT as CNT_CHILDREN,
       case when i % 7 = 0 then null else -floor(b * 5000) end::FLOAT as DAYS_EMPLOYED,
       (case when i % 2 = 0 then -1 else i % 3 end)::TINYINT as fold
from draws
