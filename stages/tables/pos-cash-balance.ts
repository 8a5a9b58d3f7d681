import { id, integer, real, text } from './column.ts';
import type { Table } from './table.ts';

/** Monthly snapshots of earlier point-of-sale and cash loans. */
export const posCashBalance: Table = {
  name: 'POS_CASH_balance',
  key: [],
  sort: ['SK_ID_CURR', 'SK_ID_PREV', 'MONTHS_BALANCE'],
  parents: [
    { column: 'SK_ID_CURR', tables: ['application_train', 'application_test'], usualCoverage: 0.95 },
    { column: 'SK_ID_PREV', tables: ['previous_application'], usualCoverage: 0.54 },
  ],
  columns: {
    SK_ID_PREV: id(),
    SK_ID_CURR: id(),
    MONTHS_BALANCE: integer({ max: 0 }),
    CNT_INSTALMENT: real({ min: 0, nullable: true }),
    CNT_INSTALMENT_FUTURE: real({ min: 0, nullable: true }),
    NAME_CONTRACT_STATUS: text([
      'Active',
      'Amortized debt',
      'Approved',
      'Canceled',
      'Completed',
      'Demand',
      'Returned to the store',
      'Signed',
      'XNA',
    ]),
    SK_DPD: integer({ min: 0 }),
    SK_DPD_DEF: integer({ min: 0 }),
  },
};
