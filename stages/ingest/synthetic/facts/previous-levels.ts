import type { Shares } from '../shares.ts';

/** Shares of the categories of earlier applications, by kind of loan or family of products; an empty name is a missing value. */
export const previousLevels: Readonly<Record<string, Shares>> = {
  consumer_payments: {
    '3': 0.0019883, '4': 0.038459, '5': 0.00534, '6': 0.24382, '7': 0.0015906, '8': 0.043629, '9': 0.0018747, '10': 0.19605,
    '11': 0.00073851, '12': 0.32137, '14': 0.011532, '16': 0.0073283, '18': 0.035221, '20': 0.0014202, '24': 0.082088, '30': 0.00096574,
    '36': 0.0065898,
  },
  cash_payments: {
    '6': 0.076704, '10': 0.0030682, '12': 0.27055, '15': 0.00065746, '18': 0.13938, '20': 0.0018628, '24': 0.18376, '30': 0.03616,
    '36': 0.1281, '42': 0.017204, '48': 0.081744, '54': 0.0051501, '60': 0.055665,
  },
  consumer_reject: {LIMIT: 0.42043, HC: 0.28741, SCO: 0.24846, XNA: 0.027078, VERIF: 0.0095012, SCOFR: 0.0071259},
  consumer_client: {Repeater: 0.53602, New: 0.371, Refreshed: 0.092007, XNA: 0.00097362},
  consumer_suite: {
    '': 0.36126, Unaccompanied: 0.27996, Family: 0.22067, 'Spouse, partner': 0.068835, Children: 0.03544, Other_B: 0.020884,
    Other_A: 0.010369, 'Group of people': 0.0025801,
  },
  consumer_payment_type: {
    'Cash through the bank': 0.86965, XNA: 0.12133, 'Non-cash from your account': 0.0083911,
    'Cashless from the account of the employer': 0.00063421,
  },
  cash_reject: {HC: 0.74174, LIMIT: 0.12285, SCO: 0.071153, SCOFR: 0.037503, VERIF: 0.016623, XNA: 0.010136},
  cash_client: {Repeater: 0.89889, Refreshed: 0.074202, New: 0.025543, XNA: 0.0013676},
  cash_suite: {
    '': 0.57032, Unaccompanied: 0.34789, Family: 0.05307, 'Spouse, partner': 0.016984, Children: 0.0058673, Other_B: 0.0034851,
    Other_A: 0.0016764, 'Group of people': 0.00070584,
  },
  cash_payment_type: {
    'Cash through the bank': 0.83258, XNA: 0.16252, 'Non-cash from your account': 0.0045442,
    'Cashless from the account of the employer': 0.00035501,
  },
  card_reject: {HC: 0.71972, SCOFR: 0.11479, LIMIT: 0.084507, SCO: 0.05, XNA: 0.021127, SYSTEM: 0.006338, VERIF: 0.0035211},
  card_client: {Repeater: 0.85549, Refreshed: 0.084596, New: 0.059404, XNA: 0.00051064},
  card_suite: {
    '': 0.66406, Unaccompanied: 0.24945, Family: 0.063, 'Spouse, partner': 0.014814, Children: 0.0040865, Other_B: 0.0027243,
    Other_A: 0.001873,
  },
  card_payment_type: {XNA: 1},
  refused_payments: {
    '6': 0.040851, '12': 0.13209, '18': 0.075832, '24': 0.15068, '30': 0.019325, '36': 0.18933, '42': 0.011008, '48': 0.14481,
    '54': 0.0029354, '60': 0.23312,
  },
  cards_industry: {
    XNA: 0.80497, 'Consumer electronics': 0.12042, Connectivity: 0.059274, Furniture: 0.0080055, Clothing: 0.0028956,
    'Auto technology': 0.001533, Construction: 0.001533, 'MLM partners': 0.0013626,
  },
  cash_purpose: {
    XNA: 0.30214, Repairs: 0.23379, Other: 0.14862, 'Urgent needs': 0.090081, 'Buying a used car': 0.033999,
    'Everyday expenses': 0.029092, 'Payments on other loans': 0.025237, 'Building a house or an annex': 0.025237, Medicine: 0.022433,
    Education: 0.01402, 'Buying a new car': 0.010866, 'Buying a holiday home / land': 0.010866, 'Car repairs': 0.0091132,
    Journey: 0.0091132, 'Buying a home': 0.0080617, 'Purchase of electronic equipment': 0.0077112, Furniture: 0.0066597,
    'Wedding / gift / holiday': 0.0056081, 'Business development': 0.0045566, 'Gasification / water supply': 0.0017525, Hobby: 0.0010515,
  },
  prev_weekday: {
    TUESDAY: 0.15729, FRIDAY: 0.15326, WEDNESDAY: 0.15198, MONDAY: 0.15106, THURSDAY: 0.14825, SATURDAY: 0.14141, SUNDAY: 0.096762,
  },
  mobile_channel: {'Country-wide': 0.86963, Stone: 0.1017, 'Regional / Local': 0.028666},
  mobile_goods: {
    Mobile: 0.83196, Computers: 0.079042, 'Photo / Cinema Equipment': 0.049185, 'Audio/Video': 0.021347, XNA: 0.011251,
    'Consumer Electronics': 0.0038944, 'Auto Accessories': 0.0033175,
  },
  mobile_industry: {Connectivity: 0.98371, 'Consumer electronics': 0.016287},
  household_channel: {'Country-wide': 0.57384, Stone: 0.21329, 'Regional / Local': 0.21287},
  household_goods: {
    'Consumer Electronics': 0.33844, 'Audio/Video': 0.27027, Computers: 0.258, Mobile: 0.051809, 'Photo / Cinema Equipment': 0.036287,
    XNA: 0.0091243, 'Construction Materials': 0.008495, Furniture: 0.0075511, 'Office Appliances': 0.0069219, Homewares: 0.002517,
    'Auto Accessories': 0.0023073, Other: 0.0019927, Gardening: 0.0018878, Vehicles: 0.001678, 'Sport and Leisure': 0.0014683,
    'Clothing and Accessories': 0.00073414, 'Medical Supplies': 0.00052438,
  },
  household_industry: {
    'Consumer electronics': 0.98742, Connectivity: 0.0063961, Furniture: 0.0030408, Construction: 0.0020971, Industry: 0.0010485,
  },
  industry_channel: {Stone: 0.74245, 'Country-wide': 0.13013, 'Regional / Local': 0.1247, 'Car dealer': 0.0027174},
  industry_goods: {
    Furniture: 0.43629, 'Clothing and Accessories': 0.218, 'Construction Materials': 0.19143, Homewares: 0.030495,
    'Consumer Electronics': 0.021437, Gardening: 0.015399, 'Medical Supplies': 0.012983, Medicine: 0.010568,
    'Sport and Leisure': 0.010568, Jewelry: 0.008756, Other: 0.0081522, XNA: 0.0078502, 'Auto Accessories': 0.0048309,
    Tourism: 0.0042271, Mobile: 0.0042271, 'Audio/Video': 0.0036232, Fitness: 0.0036232, Vehicles: 0.0027174, 'Direct Sales': 0.0015097,
    Computers: 0.0009058, Weapon: 0.0009058, 'Additional Service': 0.0009058, Education: 0.00060386,
  },
  industry_industry: {
    Furniture: 0.46105, Construction: 0.23611, Clothing: 0.21709, Industry: 0.067029, 'Consumer electronics': 0.0072464, XNA: 0.0069444,
    Jewelry: 0.0024155, 'Auto technology': 0.0009058, 'MLM partners': 0.00060386, Connectivity: 0.00060386,
  },
  others_channel: {Stone: 0.52075, 'Country-wide': 0.30388, 'Regional / Local': 0.13521, 'Credit and cash offices': 0.040161},
  others_goods: {
    'Auto Accessories': 0.21285, Jewelry: 0.19679, Vehicles: 0.087015, 'Medical Supplies': 0.078983, Tourism: 0.058902,
    Homewares: 0.057564, 'Construction Materials': 0.054886, XNA: 0.041499, 'Consumer Electronics': 0.041499,
    'Sport and Leisure': 0.03079, Furniture: 0.025435, Gardening: 0.021419, Mobile: 0.021419, Computers: 0.014726,
    'Audio/Video': 0.014726, 'Clothing and Accessories': 0.012048, 'Direct Sales': 0.01071, Medicine: 0.01071, Other: 0.0066934,
    'Photo / Cinema Equipment': 0.0013387,
  },
  others_industry: {
    Industry: 0.36145, 'Auto technology': 0.19813, Jewelry: 0.11245, Construction: 0.11245, 'Consumer electronics': 0.077644,
    XNA: 0.041499, 'MLM partners': 0.029451, Furniture: 0.024096, Tourism: 0.021419, Connectivity: 0.01071, Clothing: 0.01071,
  },
  xsell_channel: {
    'Credit and cash offices': 0.77205, 'Contact center': 0.094317, 'AP+ (Cash loan)': 0.065085, 'Country-wide': 0.053881,
    Stone: 0.0080464, 'Regional / Local': 0.0052964, 'Channel of corporate sales': 0.0013241,
  },
  street_channel: {
    'Credit and cash offices': 0.68332, 'Country-wide': 0.16712, 'AP+ (Cash loan)': 0.090983, 'Channel of corporate sales': 0.028078,
    'Contact center': 0.023758, 'Regional / Local': 0.0037797, Stone: 0.0029698,
  },
  cards_channel: {
    'Credit and cash offices': 0.67745, 'Country-wide': 0.13702, 'AP+ (Cash loan)': 0.070979, 'Contact center': 0.050894,
    'Regional / Local': 0.032511, Stone: 0.024681, 'Channel of corporate sales': 0.0064681,
  },
  cash_channel: {'Credit and cash offices': 0.8855, 'Contact center': 0.097878, 'AP+ (Cash loan)': 0.010827, 'Country-wide': 0.0057962},
};
