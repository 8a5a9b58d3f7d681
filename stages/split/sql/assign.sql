-- Fold of every labelled client, −1 for the holdout; a function of the set of (SK_ID_CURR, TARGET), the share, the folds and the seeds.
-- md5 of "seed:client" puts the clients of a class in an order that no version of DuckDB changes; the first ones are the holdout and
-- the others are dealt out like cards, one class after the other, so that folds differ by one client at most, in all and in each class.
-- The deal has an order of its own where foldSeed differs from seed: other folds, the same holdout.
with labelled as (
  select SK_ID_CURR, TARGET, md5(concat($seed::bigint, ':', SK_ID_CURR)) as shuffle, md5(concat($foldSeed::bigint, ':', SK_ID_CURR)) as dealing
  from features
  where TARGET is not null
),
ranked as (
  select
    *,
    row_number() over (partition by TARGET order by shuffle, SK_ID_CURR) as rank,
    greatest(1, round($holdoutShare::double * count(*) over (partition by TARGET))) as held
  from labelled
),
dealt as (
  select *, row_number() over (order by rank <= held, TARGET, dealing, SK_ID_CURR) - 1 as turn
  from ranked
)
select SK_ID_CURR, (case when rank <= held then -1 else turn % $folds::bigint end)::tinyint as fold
from dealt
order by SK_ID_CURR
