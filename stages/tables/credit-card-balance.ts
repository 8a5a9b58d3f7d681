import { id, integer, real, text } from './column.ts';
import type { Table } from './table.ts';

/** Monthly snapshots of earlier credit cards. */
export const creditCardBalance: Table = {
  name: 'credit_card_balance',
  key: [],
  sort: ['SK_ID_CURR', 'SK_ID_PREV', 'MONTHS_BALANCE'],
  parents: [
    { column: 'SK_ID_CURR', tables: ['application_train', 'application_test'], usualCoverage: 0.29 },
    { column: 'SK_ID_PREV', tables: ['previous_application'], usualCoverage: 0.056 },
  ],
  columns: {
    SK_ID_PREV: id(),
    SK_ID_CURR: id(),
    MONTHS_BALANCE: integer({ max: 0 }),
    AMT_BALANCE: real(),
    AMT_CREDIT_LIMIT_ACTUAL: real({ min: 0 }),
    AMT_DRAWINGS_ATM_CURRENT: real({ nullable: true }),
    AMT_DRAWINGS_CURRENT: real(),
    AMT_DRAWINGS_OTHER_CURRENT: real({ min: 0, nullable: true }),
    AMT_DRAWINGS_POS_CURRENT: real({ min: 0, nullable: true }),
    AMT_INST_MIN_REGULARITY: real({ min: 0, nullable: true }),
    AMT_PAYMENT_CURRENT: real({ min: 0, nullable: true }),
    AMT_PAYMENT_TOTAL_CURRENT: real({ min: 0 }),
    AMT_RECEIVABLE_PRINCIPAL: real(),
    AMT_RECIVABLE: real(),
    AMT_TOTAL_RECEIVABLE: real(),
    CNT_DRAWINGS_ATM_CURRENT: real({ min: 0, nullable: true }),
    CNT_DRAWINGS_CURRENT: integer({ min: 0 }),
    CNT_DRAWINGS_OTHER_CURRENT: real({ min: 0, nullable: true }),
    CNT_DRAWINGS_POS_CURRENT: real({ min: 0, nullable: true }),
    CNT_INSTALMENT_MATURE_CUM: real({ min: 0, nullable: true }),
    NAME_CONTRACT_STATUS: text(['Active', 'Approved', 'Completed', 'Demand', 'Refused', 'Sent proposal', 'Signed']),
    SK_DPD: integer({ min: 0 }),
    SK_DPD_DEF: integer({ min: 0 }),
  },
};
