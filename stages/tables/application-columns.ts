import { flag, integer, OLDEST_DAY, real, text, UNKNOWN_DAY, type Column } from './column.ts';

/** Fourteen measures of the applicant's building, each scaled to [0, 1], as average, mode and median. */
const HOUSING = [
  'APARTMENTS', 'BASEMENTAREA', 'YEARS_BEGINEXPLUATATION', 'YEARS_BUILD', 'COMMONAREA',
  'ELEVATORS', 'ENTRANCES', 'FLOORSMAX', 'FLOORSMIN', 'LANDAREA',
  'LIVINGAPARTMENTS', 'LIVINGAREA', 'NONLIVINGAPARTMENTS', 'NONLIVINGAREA',
] as const;

const housing = (suffix: 'AVG' | 'MODE' | 'MEDI'): Record<string, Column> =>
  Object.fromEntries(HOUSING.map((measure) => [`${measure}_${suffix}`, real({ min: 0, max: 1, nullable: true })]));

/** FLAG_DOCUMENT_2 … FLAG_DOCUMENT_21: whether the applicant handed that paper in. There is no number 1. */
const documents: Record<string, Column> = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`FLAG_DOCUMENT_${index + 2}`, flag()]),
);

/** What application_train and application_test share, in Kaggle's order. Days are counted from the application, so past ones are negative. */
export const applicationColumns: Readonly<Record<string, Column>> = {
  NAME_CONTRACT_TYPE: text(['Cash loans', 'Revolving loans']),
  CODE_GENDER: text(['F', 'M', 'XNA']),
  FLAG_OWN_CAR: text(['N', 'Y']),
  FLAG_OWN_REALTY: text(['N', 'Y']),
  CNT_CHILDREN: integer({ min: 0 }),
  AMT_INCOME_TOTAL: real({ min: 0 }),
  AMT_CREDIT: real({ min: 0 }),
  AMT_ANNUITY: real({ min: 0, nullable: true }),
  AMT_GOODS_PRICE: real({ min: 0, nullable: true }),
  NAME_TYPE_SUITE: text([
    'Children', 'Family', 'Group of people', 'Other_A', 'Other_B', 'Spouse, partner', 'Unaccompanied',
  ], { nullable: true }),
  NAME_INCOME_TYPE: text([
    'Businessman', 'Commercial associate', 'Maternity leave', 'Pensioner', 'State servant', 'Student', 'Unemployed', 'Working',
  ]),
  NAME_EDUCATION_TYPE: text([
    'Academic degree', 'Higher education', 'Incomplete higher', 'Lower secondary', 'Secondary / secondary special',
  ]),
  NAME_FAMILY_STATUS: text(['Civil marriage', 'Married', 'Separated', 'Single / not married', 'Unknown', 'Widow']),
  NAME_HOUSING_TYPE: text([
    'Co-op apartment', 'House / apartment', 'Municipal apartment', 'Office apartment', 'Rented apartment', 'With parents',
  ]),
  REGION_POPULATION_RELATIVE: real({ min: 0, max: 1 }),
  DAYS_BIRTH: integer({ min: OLDEST_DAY, max: 0 }),
  DAYS_EMPLOYED: integer({ min: OLDEST_DAY, max: 0, sentinel: UNKNOWN_DAY }),
  DAYS_REGISTRATION: real({ min: OLDEST_DAY, max: 0 }),
  DAYS_ID_PUBLISH: integer({ min: OLDEST_DAY, max: 0 }),
  OWN_CAR_AGE: real({ min: 0, nullable: true }),
  FLAG_MOBIL: flag(),
  FLAG_EMP_PHONE: flag(),
  FLAG_WORK_PHONE: flag(),
  FLAG_CONT_MOBILE: flag(),
  FLAG_PHONE: flag(),
  FLAG_EMAIL: flag(),
  OCCUPATION_TYPE: text([
    'Accountants', 'Cleaning staff', 'Cooking staff', 'Core staff', 'Drivers', 'HR staff', 'High skill tech staff', 'IT staff',
    'Laborers', 'Low-skill Laborers', 'Managers', 'Medicine staff', 'Private service staff', 'Realty agents', 'Sales staff',
    'Secretaries', 'Security staff', 'Waiters/barmen staff',
  ], { nullable: true }),
  CNT_FAM_MEMBERS: real({ min: 1, nullable: true }),
  REGION_RATING_CLIENT: integer({ min: 1, max: 3 }),
  REGION_RATING_CLIENT_W_CITY: integer({ min: 1, max: 3 }),
  WEEKDAY_APPR_PROCESS_START: text(['FRIDAY', 'MONDAY', 'SATURDAY', 'SUNDAY', 'THURSDAY', 'TUESDAY', 'WEDNESDAY']),
  HOUR_APPR_PROCESS_START: integer({ min: 0, max: 23 }),
  REG_REGION_NOT_LIVE_REGION: flag(),
  REG_REGION_NOT_WORK_REGION: flag(),
  LIVE_REGION_NOT_WORK_REGION: flag(),
  REG_CITY_NOT_LIVE_CITY: flag(),
  REG_CITY_NOT_WORK_CITY: flag(),
  LIVE_CITY_NOT_WORK_CITY: flag(),
  ORGANIZATION_TYPE: text([
    'Advertising', 'Agriculture', 'Bank', 'Business Entity Type 1', 'Business Entity Type 2', 'Business Entity Type 3', 'Cleaning',
    'Construction', 'Culture', 'Electricity', 'Emergency', 'Government', 'Hotel', 'Housing', 'Industry: type 1', 'Industry: type 10',
    'Industry: type 11', 'Industry: type 12', 'Industry: type 13', 'Industry: type 2', 'Industry: type 3', 'Industry: type 4',
    'Industry: type 5', 'Industry: type 6', 'Industry: type 7', 'Industry: type 8', 'Industry: type 9', 'Insurance', 'Kindergarten',
    'Legal Services', 'Medicine', 'Military', 'Mobile', 'Other', 'Police', 'Postal', 'Realtor', 'Religion', 'Restaurant', 'School',
    'Security', 'Security Ministries', 'Self-employed', 'Services', 'Telecom', 'Trade: type 1', 'Trade: type 2', 'Trade: type 3',
    'Trade: type 4', 'Trade: type 5', 'Trade: type 6', 'Trade: type 7', 'Transport: type 1', 'Transport: type 2', 'Transport: type 3',
    'Transport: type 4', 'University', 'XNA',
  ]),
  EXT_SOURCE_1: real({ min: 0, max: 1, nullable: true }),
  EXT_SOURCE_2: real({ min: 0, max: 1, nullable: true }),
  EXT_SOURCE_3: real({ min: 0, max: 1, nullable: true }),
  ...housing('AVG'),
  ...housing('MODE'),
  ...housing('MEDI'),
  FONDKAPREMONT_MODE: text(['not specified', 'org spec account', 'reg oper account', 'reg oper spec account'], { nullable: true }),
  HOUSETYPE_MODE: text(['block of flats', 'specific housing', 'terraced house'], { nullable: true }),
  TOTALAREA_MODE: real({ min: 0, max: 1, nullable: true }),
  WALLSMATERIAL_MODE: text(['Block', 'Mixed', 'Monolithic', 'Others', 'Panel', 'Stone, brick', 'Wooden'], { nullable: true }),
  EMERGENCYSTATE_MODE: text(['No', 'Yes'], { nullable: true }),
  OBS_30_CNT_SOCIAL_CIRCLE: real({ min: 0, nullable: true }),
  DEF_30_CNT_SOCIAL_CIRCLE: real({ min: 0, nullable: true }),
  OBS_60_CNT_SOCIAL_CIRCLE: real({ min: 0, nullable: true }),
  DEF_60_CNT_SOCIAL_CIRCLE: real({ min: 0, nullable: true }),
  DAYS_LAST_PHONE_CHANGE: real({ min: OLDEST_DAY, max: 0, nullable: true }),
  ...documents,
  AMT_REQ_CREDIT_BUREAU_HOUR: real({ min: 0, nullable: true }),
  AMT_REQ_CREDIT_BUREAU_DAY: real({ min: 0, nullable: true }),
  AMT_REQ_CREDIT_BUREAU_WEEK: real({ min: 0, nullable: true }),
  AMT_REQ_CREDIT_BUREAU_MON: real({ min: 0, nullable: true }),
  AMT_REQ_CREDIT_BUREAU_QRT: real({ min: 0, nullable: true }),
  AMT_REQ_CREDIT_BUREAU_YEAR: real({ min: 0, nullable: true }),
};
