import { flag, id, integer, OLDEST_DAY, real, text, UNKNOWN_DAY } from './column.ts';
import type { Table } from './table.ts';

/** Earlier applications for Home Credit loans: one row an application, granted or not. */
export const previousApplication: Table = {
  name: 'previous_application',
  key: ['SK_ID_PREV'],
  sort: ['SK_ID_CURR', 'SK_ID_PREV'],
  parents: [
    { column: 'SK_ID_CURR', tables: ['application_train', 'application_test'], usualCoverage: 0.95 },
  ],
  columns: {
    SK_ID_PREV: id(),
    SK_ID_CURR: id(),
    NAME_CONTRACT_TYPE: text(['Cash loans', 'Consumer loans', 'Revolving loans', 'XNA']),
    AMT_ANNUITY: real({ min: 0, nullable: true }),
    AMT_APPLICATION: real({ min: 0 }),
    AMT_CREDIT: real({ min: 0, nullable: true }),
    AMT_DOWN_PAYMENT: real({ nullable: true }),
    AMT_GOODS_PRICE: real({ min: 0, nullable: true }),
    WEEKDAY_APPR_PROCESS_START: text(['FRIDAY', 'MONDAY', 'SATURDAY', 'SUNDAY', 'THURSDAY', 'TUESDAY', 'WEDNESDAY']),
    HOUR_APPR_PROCESS_START: integer({ min: 0, max: 23 }),
    FLAG_LAST_APPL_PER_CONTRACT: text(['N', 'Y']),
    NFLAG_LAST_APPL_IN_DAY: flag(),
    RATE_DOWN_PAYMENT: real({ max: 1, nullable: true }),
    RATE_INTEREST_PRIMARY: real({ min: 0, max: 1, nullable: true }),
    RATE_INTEREST_PRIVILEGED: real({ min: 0, max: 1, nullable: true }),
    NAME_CASH_LOAN_PURPOSE: text([
      'Building a house or an annex', 'Business development', 'Buying a garage', 'Buying a holiday home / land', 'Buying a home',
      'Buying a new car', 'Buying a used car', 'Car repairs', 'Education', 'Everyday expenses', 'Furniture', 'Gasification / water supply',
      'Hobby', 'Journey', 'Medicine', 'Money for a third person', 'Other', 'Payments on other loans', 'Purchase of electronic equipment',
      'Refusal to name the goal', 'Repairs', 'Urgent needs', 'Wedding / gift / holiday', 'XAP', 'XNA',
    ]),
    NAME_CONTRACT_STATUS: text(['Approved', 'Canceled', 'Refused', 'Unused offer']),
    DAYS_DECISION: integer({ min: OLDEST_DAY, max: 0 }),
    NAME_PAYMENT_TYPE: text(['Cash through the bank', 'Cashless from the account of the employer', 'Non-cash from your account', 'XNA']),
    CODE_REJECT_REASON: text(['CLIENT', 'HC', 'LIMIT', 'SCO', 'SCOFR', 'SYSTEM', 'VERIF', 'XAP', 'XNA']),
    NAME_TYPE_SUITE: text([
      'Children', 'Family', 'Group of people', 'Other_A', 'Other_B', 'Spouse, partner', 'Unaccompanied',
    ], { nullable: true }),
    NAME_CLIENT_TYPE: text(['New', 'Refreshed', 'Repeater', 'XNA']),
    NAME_GOODS_CATEGORY: text([
      'Additional Service', 'Animals', 'Audio/Video', 'Auto Accessories', 'Clothing and Accessories', 'Computers', 'Construction Materials',
      'Consumer Electronics', 'Direct Sales', 'Education', 'Fitness', 'Furniture', 'Gardening', 'Homewares', 'House Construction',
      'Insurance', 'Jewelry', 'Medical Supplies', 'Medicine', 'Mobile', 'Office Appliances', 'Other', 'Photo / Cinema Equipment',
      'Sport and Leisure', 'Tourism', 'Vehicles', 'Weapon', 'XNA',
    ]),
    NAME_PORTFOLIO: text(['Cards', 'Cars', 'Cash', 'POS', 'XNA']),
    NAME_PRODUCT_TYPE: text(['XNA', 'walk-in', 'x-sell']),
    CHANNEL_TYPE: text([
      'AP+ (Cash loan)', 'Car dealer', 'Channel of corporate sales', 'Contact center', 'Country-wide', 'Credit and cash offices',
      'Regional / Local', 'Stone',
    ]),
    SELLERPLACE_AREA: integer({ min: -1 }),
    NAME_SELLER_INDUSTRY: text([
      'Auto technology', 'Clothing', 'Connectivity', 'Construction', 'Consumer electronics', 'Furniture', 'Industry', 'Jewelry',
      'MLM partners', 'Tourism', 'XNA',
    ]),
    CNT_PAYMENT: real({ min: 0, nullable: true }),
    NAME_YIELD_GROUP: text(['XNA', 'high', 'low_action', 'low_normal', 'middle']),
    PRODUCT_COMBINATION: text([
      'Card Street', 'Card X-Sell', 'Cash', 'Cash Street: high', 'Cash Street: low', 'Cash Street: middle', 'Cash X-Sell: high',
      'Cash X-Sell: low', 'Cash X-Sell: middle', 'POS household with interest', 'POS household without interest',
      'POS industry with interest', 'POS industry without interest', 'POS mobile with interest', 'POS mobile without interest',
      'POS other with interest', 'POS others without interest',
    ], { nullable: true }),
    DAYS_FIRST_DRAWING: real({ min: OLDEST_DAY, max: 0, sentinel: UNKNOWN_DAY, nullable: true }),
    DAYS_FIRST_DUE: real({ min: OLDEST_DAY, max: 0, sentinel: UNKNOWN_DAY, nullable: true }),
    DAYS_LAST_DUE_1ST_VERSION: real({ min: OLDEST_DAY, sentinel: UNKNOWN_DAY, nullable: true }),
    DAYS_LAST_DUE: real({ min: OLDEST_DAY, max: 0, sentinel: UNKNOWN_DAY, nullable: true }),
    DAYS_TERMINATION: real({ min: OLDEST_DAY, max: 0, sentinel: UNKNOWN_DAY, nullable: true }),
    NFLAG_INSURED_ON_APPROVAL: real({ min: 0, max: 1, nullable: true }),
  },
};
