-- Every random number is a function of (seed, salt, entity): no state, no order, no thread can change it.
-- The inner hash is mixed once more because DuckDB combines hashes with xor, which would tie two salts of one entity together.
create or replace macro bits(salt, entity) as hash(xor(hash(entity::bigint), hash(concat(getvariable('synthetic.seed'), '/', salt))));

-- Uniform in [0, 1) with 53 bits.
create or replace macro u(salt, entity) as (bits(salt, entity) >> 11) * 1.1102230246251565e-16;

-- Standard normal, Box-Muller over the two halves of the hash.
create or replace macro z(salt, entity) as
  sqrt(-2 * ln(((bits(salt, entity) >> 32) + 0.5) * 2.3283064365386963e-10)) * cos(1.4629180792671596e-9 * (bits(salt,
    entity) & 4294967295));

-- Normal distribution function to 1.5e-4, enough to turn a normal score into a share.
create or replace macro phi(x) as 1 / (1 + exp(-(1.5976 * (x) + 0.070565992 * (x) * (x) * (x))));

create or replace macro logistic(x) as 1 / (1 + exp(-(x)));

create or replace macro cell_of(score) as least(greatest(floor((score) * 10 + 32)::integer + 2, 1), 66);

-- Inverse distribution function of a fact at a normal score.
create or replace macro q(fact, score) as getvariable(concat(fact, '/slope'))[cell_of(score)] * (score) + getvariable(fact)[cell_of(score)];

-- Cell and place within the cell of an alias table at a uniform number.
create or replace macro cell(fact, uniform) as 1 + least(floor((uniform) * len(getvariable(fact)))::integer, len(getvariable(fact)) - 1);
create or replace macro is_own(fact, uniform) as
  (uniform) * len(getvariable(fact)) - floor((uniform) * len(getvariable(fact))) < getvariable(concat(fact, '/cut'))[cell(fact, uniform)];

-- Level of a fact at a uniform number; null where the level is the empty name. `shift` reads the log-odds of the same draw.
create or replace macro pick(fact, uniform) as nullif(
  if(is_own(fact, uniform), getvariable(fact)[cell(fact, uniform)], getvariable(concat(fact, '/other'))[cell(fact, uniform)]), '');
create or replace macro shift(fact, uniform) as
  if(is_own(fact, uniform), getvariable(concat(fact, '/shift'))[cell(fact, uniform)],
    getvariable(concat(fact, '/shift/other'))[cell(fact, uniform)]);

-- The same where levels have an order and a low number must draw an early one.
create or replace macro slot(uniform) as 1 + least(floor((uniform) * 1000)::integer, 999);
create or replace macro pick_ranked(fact, uniform) as getvariable(concat(fact, '/slots'))[slot(uniform)];
create or replace macro shift_ranked(fact, uniform) as getvariable(concat(fact, '/shift/slots'))[slot(uniform)];

-- Money comes in steps.
create or replace macro step(amount, size) as round((amount) / (size)) * (size);

-- A measure of the building, missing below its share of the applicant's one draw.
create or replace macro building(fact, missing, uniform, score) as if(uniform < missing, null, round(q(fact, score), 4));
