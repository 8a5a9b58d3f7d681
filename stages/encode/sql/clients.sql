-- Who gets values: development clients with their fold and label; everybody else with neither, whatever the tables say.
create or replace temp table encoded_clients as
with rows as (
  select SK_ID_CURR, fold, TARGET, ext_1, ext_2, ext_3, ext_mean, income, loan_term_months, loan_credit, loan_annuity
  from development
  union all
  select SK_ID_CURR, null, null, ext_1, ext_2, ext_3, ext_mean, income, loan_term_months, loan_credit, loan_annuity
  from unseen
),
forms as (
  from application_train
  union all by name
  from application_test
)
select
  rows.*,
  coalesce(level(CODE_GENDER), '?') as sex,
  coalesce(level(NAME_EDUCATION_TYPE), '?') as education,
  coalesce(level(NAME_INCOME_TYPE), '?') as income_type,
  coalesce(level(OCCUPATION_TYPE), '?') as occupation,
  coalesce(level(ORGANIZATION_TYPE), '?') as organisation,
  REGION_POPULATION_RELATIVE as region,
  REG_CITY_NOT_WORK_CITY as works_elsewhere,
  -days(DAYS_BIRTH) / 365.25 as age
from rows
join forms using (SK_ID_CURR)
order by SK_ID_CURR
