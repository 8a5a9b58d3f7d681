-- The application form more closely: scores two by two, ratios, the building, papers and phones, place and work.
with clean as (
  select
    *,
    days(DAYS_BIRTH) as birth,
    days(DAYS_EMPLOYED) as employed,
    days(DAYS_REGISTRATION) as registration,
    days(DAYS_ID_PUBLISH) as id_publish,
    nullif(days(DAYS_LAST_PHONE_CHANGE), 0) as phone_change,
    AMT_INCOME_TOTAL as income,
    level(OCCUPATION_TYPE) as occupation,
    level(ORGANIZATION_TYPE) as organisation,
    HOUR_APPR_PROCESS_START as hour
  from application
)
select
  SK_ID_CURR,
  (EXT_SOURCE_1 is null)::integer as ext_1_null,
  (EXT_SOURCE_2 is null)::integer as ext_2_null,
  (EXT_SOURCE_3 is null)::integer as ext_3_null,
  EXT_SOURCE_1 * EXT_SOURCE_3 as ext_13_prod,
  EXT_SOURCE_1 - EXT_SOURCE_2 as ext_12_diff,
  EXT_SOURCE_1 - EXT_SOURCE_3 as ext_13_diff,
  EXT_SOURCE_1 / nullif(EXT_SOURCE_2, 0) as ext_12_ratio,
  EXT_SOURCE_2 / nullif(EXT_SOURCE_3, 0) as ext_23_ratio,
  -- The middle one of three, halfway between two.
  case
    when EXT_SOURCE_1 + EXT_SOURCE_2 + EXT_SOURCE_3 is not null then
      greatest(least(EXT_SOURCE_1, EXT_SOURCE_2), least(greatest(EXT_SOURCE_1, EXT_SOURCE_2), EXT_SOURCE_3))
    else least(EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3)
      + (greatest(EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3) - least(EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3)) / 2
  end as ext_median,
  greatest(EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3) - least(EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3) as ext_range,
  EXT_SOURCE_2 * AMT_CREDIT / nullif(AMT_ANNUITY, 0) as ext_2_term,
  EXT_SOURCE_3 * AMT_CREDIT / nullif(AMT_ANNUITY, 0) as ext_3_term,

  AMT_ANNUITY / nullif(AMT_CREDIT, 0) as loan_payment_rate,
  AMT_GOODS_PRICE / nullif(income, 0) as goods_to_income,
  AMT_GOODS_PRICE / nullif(AMT_ANNUITY, 0) as goods_to_annuity,
  AMT_CREDIT / nullif(CNT_FAM_MEMBERS, 0) as credit_per_person,
  income - 12 * AMT_ANNUITY as income_after_annuity,
  income / (1 + CNT_CHILDREN) as income_per_child,
  CNT_FAM_MEMBERS as family_members,
  CNT_CHILDREN / nullif(CNT_FAM_MEMBERS, 0) as children_share,
  employed / nullif(registration, 0) as employed_to_registration,
  phone_change / nullif(employed, 0) as phone_change_to_employed,
  OWN_CAR_AGE * 365.25 / nullif(-employed, 0) as car_age_to_employed,
  AMT_CREDIT / nullif(employed, 0) as credit_to_employed,
  AMT_ANNUITY / nullif(employed, 0) as annuity_to_employed,
  registration - id_publish as registration_minus_id_publish,
  (employed < -2000)::integer as employed_long,
  (employed > -365)::integer as employed_short,

  -- The averages only: modes and medians of the building say nearly the same.
  APARTMENTS_AVG as building_apartments,
  YEARS_BUILD_AVG as building_years_built,
  ELEVATORS_AVG as building_elevators,
  ENTRANCES_AVG as building_entrances,
  FLOORSMIN_AVG as building_floors_min,
  LIVINGAREA_AVG as building_living_area,
  (TOTALAREA_MODE is not null)::integer as building_known,
  flag(HOUSETYPE_MODE = 'block of flats') as building_flats,
  flag(WALLSMATERIAL_MODE = 'Panel') as building_panel,
  flag(EMERGENCYSTATE_MODE = 'Yes') as building_emergency,

  FLAG_EMP_PHONE as phone_employer,
  FLAG_WORK_PHONE as phone_work,
  FLAG_PHONE as phone_home,
  FLAG_EMAIL as email_given,
  FLAG_DOCUMENT_6 as document_6,
  FLAG_DOCUMENT_8 as document_8,
  FLAG_EMP_PHONE + FLAG_WORK_PHONE + FLAG_CONT_MOBILE + FLAG_PHONE + FLAG_EMAIL as contact_count,
  REGION_RATING_CLIENT as region_rating,
  REG_CITY_NOT_WORK_CITY as city_registered_not_worked,
  LIVE_CITY_NOT_WORK_CITY as city_lived_not_worked,
  REG_REGION_NOT_WORK_REGION as region_registered_not_worked,
  cos(2 * pi() * hour / 24) as apply_hour_cos,
  sin(2 * pi() * hour / 24) as apply_hour_sin,
  flag(WEEKDAY_APPR_PROCESS_START in ('SATURDAY', 'SUNDAY')) as apply_weekend,
  flag(NAME_TYPE_SUITE = 'Unaccompanied') as unaccompanied,

  OBS_30_CNT_SOCIAL_CIRCLE as circle_observed_30,
  DEF_60_CNT_SOCIAL_CIRCLE as circle_defaults_60,
  DEF_60_CNT_SOCIAL_CIRCLE / nullif(OBS_60_CNT_SOCIAL_CIRCLE, 0) as circle_default_share_60,
  AMT_REQ_CREDIT_BUREAU_HOUR + AMT_REQ_CREDIT_BUREAU_DAY + AMT_REQ_CREDIT_BUREAU_WEEK + AMT_REQ_CREDIT_BUREAU_MON
    + AMT_REQ_CREDIT_BUREAU_QRT + AMT_REQ_CREDIT_BUREAU_YEAR as enquiries_all,

  flag(NAME_INCOME_TYPE = 'Commercial associate') as income_commercial,
  flag(NAME_FAMILY_STATUS = 'Civil marriage') as family_civil_marriage,
  flag(NAME_FAMILY_STATUS = 'Widow') as family_widow,
  flag(NAME_HOUSING_TYPE = 'House / apartment') as housing_own,
  flag(occupation = 'High skill tech staff') as occupation_high_skill,
  flag(occupation = 'Medicine staff') as occupation_medicine,
  flag(occupation = 'Security staff') as occupation_security,
  flag(organisation = 'Construction') as employer_construction,
  flag(starts_with(organisation, 'Trade')) as employer_trade,
  flag(starts_with(organisation, 'Industry')) as employer_industry,
  flag(starts_with(organisation, 'Transport')) as employer_transport,
  flag(organisation in ('School', 'Kindergarten', 'University', 'Medicine')) as employer_school_health,

  -- Prohibited, for age is in them.
  income / nullif(birth, 0) as income_to_age,
  OWN_CAR_AGE * 365.25 / nullif(-birth, 0) as car_age_to_age,
  employed - birth as age_when_employed,
  EXT_SOURCE_1 / nullif(birth, 0) as ext_1_to_age
from clean
