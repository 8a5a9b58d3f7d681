-- One row per client: who applies and for what. Reads the view `application` (application_train, application_test or one applicant).
with filled as (
  select SK_ID_CURR, (columns(* exclude (SK_ID_CURR, TARGET, part)) is not null)::utinyint
  from application
),
missing as (
  select SK_ID_CURR, 120 - list_sum(list_value(*columns(* exclude (SK_ID_CURR)))) as null_count
  from filled
),
clean as (
  select
    *,
    days(DAYS_BIRTH) as birth,
    days(DAYS_EMPLOYED) as employed,
    days(DAYS_REGISTRATION) as registration,
    days(DAYS_ID_PUBLISH) as id_publish,
    -- 0 days stands for "never asked" (cleaning rule of all the published solutions).
    nullif(days(DAYS_LAST_PHONE_CHANGE), 0) as phone_change,
    level(CODE_GENDER) as sex,
    level(NAME_FAMILY_STATUS) as family_status,
    level(NAME_INCOME_TYPE) as income_type,
    level(OCCUPATION_TYPE) as occupation,
    level(ORGANIZATION_TYPE) as organisation,
    level(NAME_HOUSING_TYPE) as housing,
    AMT_INCOME_TOTAL as income,
    (EXT_SOURCE_1 is null)::integer + (EXT_SOURCE_2 is null)::integer + (EXT_SOURCE_3 is null)::integer as ext_nulls,
    (coalesce(EXT_SOURCE_1, 0) + coalesce(EXT_SOURCE_2, 0) + coalesce(EXT_SOURCE_3, 0)) / nullif(3 - ext_nulls, 0) as mean_ext
  from application
)
select
  SK_ID_CURR,

  -- Scores bought from outside.
  EXT_SOURCE_1 as ext_1,
  EXT_SOURCE_2 as ext_2,
  EXT_SOURCE_3 as ext_3,
  mean_ext as ext_mean,
  least(EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3) as ext_min,
  greatest(EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3) as ext_max,
  sqrt(
    (coalesce(square(EXT_SOURCE_1 - mean_ext), 0) + coalesce(square(EXT_SOURCE_2 - mean_ext), 0)
      + coalesce(square(EXT_SOURCE_3 - mean_ext), 0))
    / nullif(greatest(2 - ext_nulls, 0), 0)
  ) as ext_std,
  EXT_SOURCE_1 * EXT_SOURCE_2 * EXT_SOURCE_3 as ext_prod,
  -- Weights 2, 1, 3 (js-aguiar), over the scores that are there.
  (coalesce(2 * EXT_SOURCE_1, 0) + coalesce(EXT_SOURCE_2, 0) + coalesce(3 * EXT_SOURCE_3, 0))
    / nullif(6 - 2 * (EXT_SOURCE_1 is null)::integer - (EXT_SOURCE_2 is null)::integer - 3 * (EXT_SOURCE_3 is null)::integer, 0)
    as ext_weighted,
  ext_nulls as ext_null_count,
  EXT_SOURCE_1 * EXT_SOURCE_2 as ext_12_prod,
  EXT_SOURCE_2 * EXT_SOURCE_3 as ext_23_prod,
  EXT_SOURCE_2 - EXT_SOURCE_3 as ext_23_diff,

  -- The loan asked for.
  flag(NAME_CONTRACT_TYPE = 'Revolving loans') as loan_revolving,
  income,
  AMT_CREDIT as loan_credit,
  AMT_ANNUITY as loan_annuity,
  AMT_GOODS_PRICE as loan_goods,
  case when isfinite(AMT_ANNUITY) then AMT_CREDIT / nullif(AMT_ANNUITY, 0) end as loan_term_months,
  AMT_CREDIT / nullif(AMT_GOODS_PRICE, 0) as loan_credit_to_goods,
  AMT_CREDIT - AMT_GOODS_PRICE as loan_credit_minus_goods,
  AMT_ANNUITY / nullif(income, 0) as annuity_to_income,
  AMT_CREDIT / nullif(income, 0) as credit_to_income,
  income / nullif(CNT_FAM_MEMBERS, 0) as income_per_person,

  -- Work, papers, household.
  employed as days_employed,
  (DAYS_EMPLOYED = 365243)::integer as employed_sentinel,
  income / nullif(employed, 0) as income_to_employed,
  registration as days_registration,
  id_publish as days_id_publish,
  phone_change as days_phone_change,
  id_publish / nullif(employed, 0) as id_publish_to_employed,
  OWN_CAR_AGE as car_age,
  flag(FLAG_OWN_CAR = 'Y') as owns_car,
  flag(FLAG_OWN_REALTY = 'Y') as owns_realty,
  CNT_CHILDREN as children,
  flag(family_status in ('Married', 'Civil marriage')) as couple,
  flag(family_status = 'Single / not married') as family_single,
  case NAME_EDUCATION_TYPE
    when 'Lower secondary' then 0 when 'Secondary / secondary special' then 1 when 'Incomplete higher' then 2
    when 'Higher education' then 3 when 'Academic degree' then 4
  end as education_level,
  flag(income_type = 'Working') as income_working,
  flag(income_type = 'Pensioner') as income_pensioner,
  flag(income_type = 'State servant') as income_state,
  (occupation is not null)::integer as occupation_known,
  flag(occupation = 'Laborers') as occupation_laborers,
  flag(occupation in ('Low-skill Laborers', 'Waiters/barmen staff', 'Cleaning staff', 'Cooking staff')) as occupation_low_skill,
  flag(occupation = 'Drivers') as occupation_drivers,
  flag(occupation = 'Sales staff') as occupation_sales,
  flag(occupation = 'Core staff') as occupation_core,
  flag(occupation = 'Managers') as occupation_managers,
  flag(organisation = 'Self-employed') as employer_self,
  flag(organisation = 'Business Entity Type 3') as employer_business_3,
  flag(organisation in ('Government', 'Military', 'Police', 'Postal', 'Security Ministries', 'Emergency')) as employer_state,
  flag(housing = 'With parents') as housing_parents,
  flag(housing = 'Rented apartment') as housing_rented,

  -- Where from, when, how reached.
  REGION_POPULATION_RELATIVE as region_population,
  REGION_RATING_CLIENT_W_CITY as region_rating_city,
  REG_CITY_NOT_LIVE_CITY as city_registered_not_lived,
  HOUR_APPR_PROCESS_START as apply_hour,
  FLAG_DOCUMENT_3 as document_3,
  FLAG_DOCUMENT_2 + FLAG_DOCUMENT_3 + FLAG_DOCUMENT_4 + FLAG_DOCUMENT_5 + FLAG_DOCUMENT_6 + FLAG_DOCUMENT_7 + FLAG_DOCUMENT_8
    + FLAG_DOCUMENT_9 + FLAG_DOCUMENT_10 + FLAG_DOCUMENT_11 + FLAG_DOCUMENT_12 + FLAG_DOCUMENT_13 + FLAG_DOCUMENT_14 + FLAG_DOCUMENT_15
    + FLAG_DOCUMENT_16 + FLAG_DOCUMENT_17 + FLAG_DOCUMENT_18 + FLAG_DOCUMENT_19 + FLAG_DOCUMENT_20 + FLAG_DOCUMENT_21 as document_count,
  missing.null_count as application_null_count,

  -- People around, questions asked at the bureau, the building.
  DEF_30_CNT_SOCIAL_CIRCLE as circle_defaults_30,
  DEF_30_CNT_SOCIAL_CIRCLE / nullif(OBS_30_CNT_SOCIAL_CIRCLE, 0) as circle_default_share_30,
  AMT_REQ_CREDIT_BUREAU_HOUR + AMT_REQ_CREDIT_BUREAU_DAY + AMT_REQ_CREDIT_BUREAU_WEEK + AMT_REQ_CREDIT_BUREAU_MON as enquiries_month,
  AMT_REQ_CREDIT_BUREAU_QRT as enquiries_quarter,
  AMT_REQ_CREDIT_BUREAU_YEAR as enquiries_year,
  TOTALAREA_MODE as building_area,
  FLOORSMAX_AVG as building_floors,

  -- Prohibited: sex and age, and ratios to age. Measured for fairness, left out of training by default.
  flag(sex = 'M') as sex_male,
  birth as days_birth,
  employed / nullif(birth, 0) as employed_to_age,
  id_publish / nullif(birth, 0) as id_publish_to_age,
  registration / nullif(birth, 0) as registration_to_age,
  phone_change / nullif(birth, 0) as phone_change_to_age,
  -birth / 365.25 + AMT_CREDIT / nullif(AMT_ANNUITY, 0) / 12 as age_at_payoff
from clean
join missing using (SK_ID_CURR)
