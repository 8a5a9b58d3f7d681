import type { Shares } from '../shares.ts';

/** Shares of the categories of the applications, missing values left out; `_test` where the unlabelled ones differ. */
export const applicationLevels: Readonly<Record<string, Shares>> = {
  sex: {F: 0.65723, M: 0.34274, XNA: 3.2518e-05},
  car: {N: 0.6584, Y: 0.3416},
  realty: {Y: 0.6956, N: 0.3044},
  children: {
    '0': 0.70028, '1': 0.19765, '2': 0.088287, '3': 0.011772, '4': 0.0016584, '5': 0.00019511, '6': 0.00013007, '10': 3.2518e-05,
  },
  suite: {
    Unaccompanied: 0.81328, Family: 0.12866, 'Spouse, partner': 0.037813, Children: 0.010972, Other_B: 0.0053879, Other_A: 0.0029715,
    'Group of people': 0.00091432,
  },
  education: {
    'Secondary / secondary special': 0.70665, 'Higher education': 0.24672, 'Incomplete higher': 0.033461, 'Lower secondary': 0.012682,
    'Academic degree': 0.00048777,
  },
  family: {'Single / not married': 0.14871, 'Civil marriage': 0.093945, Married: 0.64038, Separated: 0.064516, Widow: 0.052452},
  housing: {
    'House / apartment': 0.88589, 'With parents': 0.049167, 'Municipal apartment': 0.036876, 'Rented apartment': 0.015446,
    'Office apartment': 0.0085198, 'Co-op apartment': 0.0040973,
  },
  occupation: {
    Laborers: 0.26249, 'Sales staff': 0.15243, 'Core staff': 0.1319, Managers: 0.10145, Drivers: 0.086005,
    'High skill tech staff': 0.055077, Accountants: 0.045238, 'Medicine staff': 0.039542, 'Security staff': 0.032622,
    'Cooking staff': 0.02622, 'Cleaning staff': 0.022125, 'Private service staff': 0.012898, 'Low-skill Laborers': 0.010309,
    'Waiters/barmen staff': 0.0064962, Secretaries: 0.0060726, 'Realty agents': 0.0036247, 'HR staff': 0.003154, 'IT staff': 0.0023537,
  },
  weekday: {
    TUESDAY: 0.17531, WEDNESDAY: 0.16922, MONDAY: 0.16627, THURSDAY: 0.16347, FRIDAY: 0.16074, SATURDAY: 0.11378, SUNDAY: 0.051216,
  },
  fond: {'reg oper account': 0.76645, 'reg oper spec account': 0.12084, 'org spec account': 0.058618, 'not specified': 0.054093},
  house_type: {'block of flats': 0.9835, 'specific housing': 0.0090678, 'terraced house': 0.0074369},
  walls: {
    Panel: 0.43611, 'Stone, brick': 0.42747, Block: 0.062962, Wooden: 0.035309, Mixed: 0.016302, Monolithic: 0.012276, Others: 0.0095697,
  },
  emergency: {No: 0.98442, Yes: 0.015582},
  req_hour: {'0': 0.99413, '1': 0.0056085, '2': 0.00026348},
  req_day: {'0': 0.99496, '1': 0.004291, '2': 0.00037641, '3': 0.00022584, '4': 0.00011292, '5': 3.7641e-05},
  req_week: {'0': 0.96853, '1': 0.03015, '2': 0.0008281, '3': 0.00033877, '5': 7.5281e-05, '6': 3.7641e-05, '4': 3.7641e-05},
  req_quarter: {
    '0': 0.80882, '1': 0.12956, '2': 0.05296, '3': 0.0064742, '4': 0.0019573, '5': 0.00011292, '6': 7.5281e-05, '8': 3.7641e-05,
  },
  income_type: {
    Working: 0.62515, 'Commercial associate': 0.28981, 'State servant': 0.084822, Unemployed: 9.0023e-05, Student: 7.0018e-05,
    Businessman: 4.001e-05, 'Maternity leave': 2.0005e-05,
  },
  organization: {
    'Business Entity Type 3': 0.26529, 'Self-employed': 0.15291, Other: 0.066896, Medicine: 0.045561, Government: 0.041008,
    'Business Entity Type 2': 0.040335, School: 0.035665, 'Trade: type 7': 0.033131, Kindergarten: 0.027035, Construction: 0.026046,
    'Business Entity Type 1': 0.022681, 'Transport: type 4': 0.0209, 'Industry: type 9': 0.014567, Security: 0.013419,
    'Trade: type 3': 0.013103, 'Industry: type 3': 0.013023, Housing: 0.011123, 'Industry: type 11': 0.011004, Military: 0.010252,
    Police: 0.0098562, Bank: 0.009777, Postal: 0.0093021, Agriculture: 0.0092228, 'Transport: type 2': 0.0091833,
    'Security Ministries': 0.0076395, Restaurant: 0.0070458, 'Trade: type 2': 0.0070062, University: 0.0059771, Services: 0.0058188,
    'Industry: type 7': 0.0057792, 'Transport: type 3': 0.0048291, Electricity: 0.0043541, 'Industry: type 1': 0.0041958,
    Hotel: 0.0036812, 'Industry: type 4': 0.0034042, 'Industry: type 5': 0.0029292, 'Trade: type 6': 0.0025334, Advertising: 0.0022166,
    Telecom: 0.0021375, Insurance: 0.0019791, 'Industry: type 12': 0.0019791, Emergency: 0.0019396, 'Industry: type 2': 0.0017417,
    Realtor: 0.0016625, Culture: 0.0015833, Mobile: 0.0015437, 'Legal Services': 0.0013458, 'Trade: type 1': 0.0012667,
    Cleaning: 0.0012271, 'Transport: type 1': 0.00098959, 'Industry: type 10': 0.00055417, 'Industry: type 6': 0.00035624,
    Religion: 0.00031667, 'Trade: type 4': 0.0002375, 'Industry: type 13': 0.00019791, 'Industry: type 8': 0.00011875,
    'Trade: type 5': 0.00011875,
  },
  weekday_test: {
    TUESDAY: 0.20005, WEDNESDAY: 0.1735, THURSDAY: 0.1727, MONDAY: 0.17245, FRIDAY: 0.14874, SATURDAY: 0.094432, SUNDAY: 0.038138,
  },
  req_month: {
    '0': 0.83884, '1': 0.12254, '2': 0.017572, '3': 0.0083237, '4': 0.0046243, '5': 0.0020809, '8': 0.0013873, '7': 0.0011561,
    '9': 0.00092486, '11': 0.00092486, '6': 0.00069364, '16': 0.00046243, '12': 0.00023121, '14': 0.00023121,
  },
  req_year: {
    '0': 0.26844, '1': 0.24578, '2': 0.18566, '3': 0.12971, '4': 0.077457, '5': 0.043468, '6': 0.021965, '7': 0.015491, '8': 0.0078613,
    '9': 0.0034682, '11': 0.00046243, '10': 0.00023121,
  },
  req_hour_test: {'0': 0.99703, '1': 0.002968},
  req_day_test: {'0': 0.99909, '1': 0.00091324},
  req_week_test: {'0': 0.99749, '1': 0.0025114},
  req_month_test: {'0': 0.99178, '1': 0.0077626, '3': 0.00022831, '2': 0.00022831},
  req_quarter_test: {'0': 0.55708, '1': 0.35753, '2': 0.071461, '3': 0.0121, '4': 0.0013699, '5': 0.00045662},
  req_year_test: {
    '0': 0.2516, '1': 0.21119, '2': 0.20662, '3': 0.14795, '4': 0.088584, '5': 0.043836, '6': 0.027397, '7': 0.013242, '8': 0.0063927,
    '9': 0.0022831, '10': 0.00068493, '11': 0.00022831,
  },
  social_30: {
    '0': 0.54169, '1': 0.15351, '2': 0.092425, '3': 0.067109, '4': 0.049226, '5': 0.032148, '6': 0.024714, '7': 0.012256, '8': 0.007836,
    '9': 0.007836, '10': 0.0042194, '11': 0.0030139, '12': 0.0014065, '13': 0.0010046, '14': 0.0008037, '15': 0.00020092,
    '16': 0.00020092, '22': 0.00040185,
  },
  defaulted_30: {'0': 0.74792, '1': 0.19202, '2': 0.050416, '3': 0.0074529, '4': 0.0013152, '5': 0.00087681},
};
