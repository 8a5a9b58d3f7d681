/** Log-odds of default of a level against the mean of 8.07 %, shrunk towards 0 by 150 applicants at the mean; levels within 0.02 left out. */
export const defaultShifts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  contract: {'Cash loans': 0.027, 'Revolving loans': -0.373},
  sex: {F: -0.165, M: 0.252},
  car: {N: 0.054, Y: -0.131},
  education: {
    'Secondary / secondary special': 0.103, 'Higher education': -0.422, 'Incomplete higher': 0.039, 'Lower secondary': 0.282,
    'Academic degree': -0.111,
  },
  family: {Married: -0.089, 'Single / not married': 0.256, 'Civil marriage': 0.218, Separated: -0.02, Widow: -0.323},
  housing: {
    'House / apartment': -0.05, 'With parents': 0.404, 'Municipal apartment': 0.128, 'Rented apartment': 0.481,
    'Office apartment': -0.27, 'Co-op apartment': -0.146,
  },
  occupation: {
    '': -0.273, Laborers: 0.28, 'Sales staff': 0.222, 'Core staff': -0.323, Managers: -0.221, Drivers: 0.342,
    'High skill tech staff': -0.247, Accountants: -0.518, 'Medicine staff': -0.216, 'Security staff': 0.36, 'Cooking staff': 0.388,
    'Cleaning staff': 0.22, 'Private service staff': -0.154, 'Low-skill Laborers': 0.548, 'Waiters/barmen staff': 0.468,
    Secretaries: 0.134, 'HR staff': -0.397, 'IT staff': -0.174,
  },
  organization: {
    'Business Entity Type 3': 0.159, XNA: -0.47, 'Self-employed': 0.238, Other: -0.072, Medicine: -0.21, Government: -0.137,
    'Business Entity Type 2': 0.05, School: -0.337, 'Trade: type 7': 0.31, Kindergarten: -0.382, Construction: 0.223,
    'Business Entity Type 1': -0.089, 'Transport: type 4': 0.116, 'Industry: type 9': -0.142, Security: 0.16, 'Trade: type 3': 0.221,
    'Industry: type 3': 0.218, Housing: 0.188, 'Industry: type 11': -0.177, Military: -0.316, Police: -0.112, Bank: -0.191,
    Postal: 0.158, Agriculture: 0.074, 'Transport: type 2': 0.127, 'Security Ministries': -0.317, Restaurant: 0.271,
    'Trade: type 2': -0.178, University: -0.284, Services: -0.123, 'Industry: type 7': 0.264, 'Transport: type 3': 0.432,
    Electricity: -0.14, 'Industry: type 1': 0.389, Hotel: -0.086, 'Industry: type 4': 0.326, 'Trade: type 6': 0.074, Telecom: -0.195,
    Insurance: -0.165, 'Industry: type 12': -0.195, Emergency: 0.14, 'Industry: type 2': 0.201, Realtor: -0.034, Culture: -0.179,
    Mobile: 0.041, 'Legal Services': -0.135, 'Trade: type 1': 0.031, Cleaning: 0.126, 'Transport: type 1': -0.124,
    'Industry: type 10': 0.08, 'Industry: type 6': 0.043, Religion: -0.09, 'Industry: type 13': 0.083, 'Industry: type 8': -0.029,
  },
  income_type: {
    Working: 0.19, 'Commercial associate': -0.065, Pensioner: -0.474, 'State servant': -0.44, Businessman: -0.022, Unemployed: 0.131,
    Student: -0.022,
  },
};
