-- One row an applicant, labelled and not: latent factors, what the application says, and the score that decides TARGET.
-- burden, discipline, appetite and use are the four traits that other tables show; worth is what the external scores share.
create or replace temp table client as
with numbered as (
  select range as i, 100001 + range as id,
    ((range + 1) * getvariable('synthetic.test') // getvariable('synthetic.all'))
      > (range * getvariable('synthetic.test') // getvariable('synthetic.all')) as is_test
  from range(getvariable('synthetic.all'))
), traits as (
  select id, is_test, z('worth', id) as worth, z('burden', id) as burden, z('discipline', id) as discipline, z('appetite', id) as appetite,
    z('use', id) as use, z('age', id) as z_age, u('sex', id) as u_sex, u('education', id) as u_education,
    u('bureau.none', id) >= if(is_test, 0.133, 0.1416) as has_bureau, u('prev.none', id) >= 0.049 as has_previous,
    u('card', id) < 0.3055 as has_card, z('region', id) as z_region
  from numbered
), person as (
  select *, pick('app.sex', u_sex) as sex, pick('app.education', u_education) as education,
    round(q('app.days_birth', -z_age))::integer as days_birth, split(pick_ranked('app.region', phi(z_region)), '|') as region
  from traits
), work as (
  select *, sex = 'M' as male, education in ('Higher education', 'Academic degree') as higher,
    u('pension', id) < case when days_birth > -14600 then 0.004 when days_birth > -18250 then 0.03 when days_birth > -20075 then 0.2
      when days_birth > -21900 then if(sex = 'F', 0.68, 0.4) else 0.83 end as pensioner
  from person
), money as (
  select *, 0.23 * (male::integer - 0.342) / 0.474 + 0.28 * (higher::integer - 0.247) / 0.431 - 0.25 * (pensioner::integer - 0.18) / 0.384
      + 0.1 * z_region + 0.88 * z('income', id) as z_income,
    u('contract', id) < if(is_test, 0.009, 0.0952) as revolving
  from work
), loan as (
  select *,
    -- One labelled applicant in 300,000 earns 117 million, as the original's typing error does.
    if(not is_test and u('income.typo', id) < 0.0000033, 117000000,
      step(if(is_test, q('app.income_test', z_income), q('app.income', z_income)), if(u('income.round', id) < 0.85, 4500, 450))) as income,
    0.4 * z_income + 0.12 * z_age + 0.9 * z('goods', id) as z_goods
  from money
), priced as (
  select *, if(is_test, 0.64 * z_goods + 0.768 * z('term', id), 0.76 * z_goods + 0.65 * z('term', id)) as z_term, z('ratio', id) as z_ratio,
    case when revolving then step(q('app.revolving', z_goods), 4500)
      else step(if(is_test, q('app.goods_test', z_goods), q('app.goods', z_goods)), 4500) end as goods,
    -0.33 * z_age + 0.944 * z('employed', id) as z_employed, 0.3 * z_age + 0.954 * z('id_publish', id) as z_id,
    0.33 * z_age + 0.944 * z('registration', id) as z_registration, 0.1 * z_age + 0.995 * z('phone', id) as z_phone,
    0.4 * worth + 0.45 * z_age + 0.15 * (higher::integer - 0.247) / 0.431 + 0.78 * z('ext1', id) as x1,
    0.4 * worth + 0.25 * z_region - 0.1 * discipline + 0.876 * z('ext2', id) as x2,
    0.4 * worth + 0.17 * z_age - 0.17 * burden + 0.884 * z('ext3', id) as x3
  from loan
), described as (
  select *,
    if(revolving, goods, round(goods * if(is_test, q('app.credit_ratio_test', z_ratio), q('app.credit_ratio', z_ratio)) * 2) / 2) as credit,
    not pensioner and u('employed.now', id) < 0.0001 as jobless,
    if(pensioner, 365243, least(-1, greatest(round(q('app.days_employed', z_employed))::integer,
      days_birth + 6570)))::integer as days_employed,
    not pensioner and u('occupation.none', id) >= 0.147 as has_occupation,
    phi(0.5 * z_age + 0.866 * z('family', id)) as u_family, u('housing', id) as u_housing, u('occupation', id) as u_occupation,
    u('organization', id) as u_organization, u('income_type', id) as u_income_type, u('city', id) as u_city,
    u('car', id) < if(male, 0.55, 0.232) as has_car, u('home.none', id) + if(is_test, 0.033, 0) as u_home,
      u('document.3', id) < if(is_test, 0.7866, 0.71) as document_3,
    z('car_age', id) as z_car, u('flag.phone', id) < 0.281 as has_phone, u('flag.work_phone', id) < 0.199 as has_work_phone,
    z('home.height', id) as z_height, z('home.size', id) as z_home, u('social.default', id) as u_defaulted,
    z('social', id) as z_social
  from priced
), offered as (
  select *, if(revolving, credit / 20, round(credit / if(is_test, q('app.term_test', z_term), q('app.term', z_term)) * 2) / 2) as annuity,
    pick_ranked('app.family', u_family) as family, pick_ranked('app.social_30', phi(z_social)) as social_30,
    if(pensioner, 'Pensioner', pick('app.income_type', u_income_type)) as income_type
  from described
)
select * exclude (region), region[1]::double as region_population, region[2]::integer as region_rating, region[3]::integer as city_rating,
  u('ext1.none', id) >= if(is_test, 0.4212, 0.5638) + if(has_bureau, -0.011, 0.066) as has_ext1,
  u('ext2.none', id) >= if(is_test, 0.00016, 0.00215) as has_ext2,
  u('ext3.none', id) >= if(has_bureau, if(is_test, 0.055, 0.07), 0.976) as has_ext3,
  has_bureau or u('request.none', id) >= 0.953 as has_requests,
  -- Log-odds of default but for a constant. What the application shows:
  - 0.58 * x1 - 0.47 * x2 - 0.6 * x3
  + 0.7 * (shift('app.sex', u_sex) + shift('app.education', u_education) + shift_ranked('app.family', u_family) + shift('app.housing',
    u_housing))
  + if(pensioner, -0.2, 0.7 * shift('app.organization', u_organization) + 0.5 * shift('app.income_type', u_income_type))
  + if(has_occupation, 0.6 * shift('app.occupation', u_occupation), 0)
  + 0.38 * z_employed - 0.13 * z_id - 0.06 * z_registration - 0.22 * z_phone + 0.2 * z_age - if(has_car, 0.2 - 0.2 * z_car, 0)
  - if(has_phone, 0.2, 0) + if(has_work_phone, 0.2, 0) - if(u_home < 0.49, 0, 0.25 * z_height + 0.1 * z_home)
  + 0.3 * (region[2]::integer - 2) + if(revolving, -0.45, 0) + if(u_city < 0.23, 0.3, 0) + if(u_city between 0.17 and 0.248, 0.3,
    0) + if(u_home < 0.49, 0.12, -0.12) + if(document_3, 0.15, -0.15)
  - 0.13 * z_goods + 0.2 * z_ratio + 0.12 * z_term * (1 - abs(z_term) / 3) + if(has_bureau, 0, 0.25)
  -- what the other tables show:
  + 0.75 * if(has_bureau, burden, 0) + 0.75 * discipline + 0.6 * appetite + 0.95 * if(has_card and has_previous, use, 0)
  -- and what nobody sees:
  + ln((u('luck', id) + 1e-12) / (1 - u('luck', id))) as default_score
from offered
order by id;

-- The worst 8.07 % of the labelled applicants default, so that the rate holds at every scale and seed.
create or replace temp table outcome as
select id, (row_number() over (order by default_score desc, id) <= round(0.0807288 * count(*) over ()))::tinyint as target
from client where not is_test;
