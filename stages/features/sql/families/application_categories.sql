-- The form's categories as they are, each as its place in the list of its levels, from 0; another level, or none, is null. A test holds
-- the lists against what the raw table declares.
select
  SK_ID_CURR,
  code(OCCUPATION_TYPE, [
    'Accountants', 'Cleaning staff', 'Cooking staff', 'Core staff', 'Drivers', 'HR staff', 'High skill tech staff', 'IT staff',
    'Laborers', 'Low-skill Laborers', 'Managers', 'Medicine staff', 'Private service staff', 'Realty agents', 'Sales staff',
    'Secretaries', 'Security staff', 'Waiters/barmen staff'
  ]) as category_occupation,
  code(ORGANIZATION_TYPE, [
    'Advertising', 'Agriculture', 'Bank', 'Business Entity Type 1', 'Business Entity Type 2', 'Business Entity Type 3',
    'Cleaning', 'Construction', 'Culture', 'Electricity', 'Emergency', 'Government', 'Hotel', 'Housing', 'Industry: type 1',
    'Industry: type 10', 'Industry: type 11', 'Industry: type 12', 'Industry: type 13', 'Industry: type 2', 'Industry: type 3',
    'Industry: type 4', 'Industry: type 5', 'Industry: type 6', 'Industry: type 7', 'Industry: type 8', 'Industry: type 9',
    'Insurance', 'Kindergarten', 'Legal Services', 'Medicine', 'Military', 'Mobile', 'Other', 'Police', 'Postal', 'Realtor',
    'Religion', 'Restaurant', 'School', 'Security', 'Security Ministries', 'Self-employed', 'Services', 'Telecom',
    'Trade: type 1', 'Trade: type 2', 'Trade: type 3', 'Trade: type 4', 'Trade: type 5', 'Trade: type 6', 'Trade: type 7',
    'Transport: type 1', 'Transport: type 2', 'Transport: type 3', 'Transport: type 4', 'University'
  ]) as category_employer,
  code(NAME_INCOME_TYPE, [
    'Businessman', 'Commercial associate', 'Maternity leave', 'Pensioner', 'State servant', 'Student', 'Unemployed', 'Working'
  ]) as category_income,
  code(NAME_EDUCATION_TYPE, [
    'Academic degree', 'Higher education', 'Incomplete higher', 'Lower secondary', 'Secondary / secondary special'
  ]) as category_education,
  code(NAME_FAMILY_STATUS, [
    'Civil marriage', 'Married', 'Separated', 'Single / not married', 'Widow'
  ]) as category_family,
  code(NAME_HOUSING_TYPE, [
    'Co-op apartment', 'House / apartment', 'Municipal apartment', 'Office apartment', 'Rented apartment', 'With parents'
  ]) as category_housing,
  code(NAME_TYPE_SUITE, [
    'Children', 'Family', 'Group of people', 'Other_A', 'Other_B', 'Spouse, partner', 'Unaccompanied'
  ]) as category_suite,
  code(WALLSMATERIAL_MODE, [
    'Block', 'Mixed', 'Monolithic', 'Others', 'Panel', 'Stone, brick', 'Wooden'
  ]) as category_walls,
  code(WEEKDAY_APPR_PROCESS_START, [
    'FRIDAY', 'MONDAY', 'SATURDAY', 'SUNDAY', 'THURSDAY', 'TUESDAY', 'WEDNESDAY'
  ]) as category_weekday
from application
