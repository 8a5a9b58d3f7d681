/** What the peer groups are made of, beside the features. */
export const APPLICATION_COLUMNS = [
  'SK_ID_CURR',
  'CODE_GENDER',
  'DAYS_BIRTH',
  'NAME_EDUCATION_TYPE',
  'NAME_INCOME_TYPE',
  'OCCUPATION_TYPE',
  'ORGANIZATION_TYPE',
  'REGION_POPULATION_RELATIVE',
  'REG_CITY_NOT_WORK_CITY',
] as const;
