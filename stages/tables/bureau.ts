import { id, integer, OLDEST_DAY, real, text } from './column.ts';
import type { Table } from './table.ts';

/** Loans that other lenders reported to the credit bureau: one row a loan, before the application. */
export const bureau: Table = {
  name: 'bureau',
  key: ['SK_ID_BUREAU'],
  sort: ['SK_ID_CURR', 'SK_ID_BUREAU'],
  parents: [
    { column: 'SK_ID_CURR', tables: ['application_train', 'application_test'], usualCoverage: 0.86 },
  ],
  columns: {
    SK_ID_CURR: id(),
    SK_ID_BUREAU: id(),
    CREDIT_ACTIVE: text(['Active', 'Bad debt', 'Closed', 'Sold']),
    CREDIT_CURRENCY: text(['currency 1', 'currency 2', 'currency 3', 'currency 4']),
    DAYS_CREDIT: integer({ min: OLDEST_DAY, max: 0 }),
    CREDIT_DAY_OVERDUE: integer({ min: 0 }),
    DAYS_CREDIT_ENDDATE: real({ min: OLDEST_DAY, max: -OLDEST_DAY, nullable: true }),
    DAYS_ENDDATE_FACT: real({ min: OLDEST_DAY, max: 0, nullable: true }),
    AMT_CREDIT_MAX_OVERDUE: real({ min: 0, nullable: true }),
    CNT_CREDIT_PROLONG: integer({ min: 0 }),
    AMT_CREDIT_SUM: real({ min: 0, nullable: true }),
    AMT_CREDIT_SUM_DEBT: real({ nullable: true }),
    AMT_CREDIT_SUM_LIMIT: real({ nullable: true }),
    AMT_CREDIT_SUM_OVERDUE: real({ min: 0 }),
    CREDIT_TYPE: text([
      'Another type of loan', 'Car loan', 'Cash loan (non-earmarked)', 'Consumer credit', 'Credit card', 'Interbank credit',
      'Loan for business development', 'Loan for purchase of shares (margin lending)', 'Loan for the purchase of equipment',
      'Loan for working capital replenishment', 'Microloan', 'Mobile operator loan', 'Mortgage', 'Real estate loan', 'Unknown type of loan',
    ]),
    DAYS_CREDIT_UPDATE: integer({ min: OLDEST_DAY }),
    AMT_ANNUITY: real({ min: 0, nullable: true }),
  },
};
