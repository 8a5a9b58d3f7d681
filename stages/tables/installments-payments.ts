import { id, integer, OLDEST_DAY, real } from './column.ts';
import type { Table } from './table.ts';

/** Instalments of earlier loans: one row a payment made or missed. */
export const installmentsPayments: Table = {
  name: 'installments_payments',
  key: [],
  sort: ['SK_ID_CURR', 'SK_ID_PREV', 'NUM_INSTALMENT_NUMBER', 'NUM_INSTALMENT_VERSION', 'DAYS_ENTRY_PAYMENT'],
  parents: [
    { column: 'SK_ID_CURR', tables: ['application_train', 'application_test'], usualCoverage: 0.95 },
    { column: 'SK_ID_PREV', tables: ['previous_application'], usualCoverage: 0.58 },
  ],
  columns: {
    SK_ID_PREV: id(),
    SK_ID_CURR: id(),
    NUM_INSTALMENT_VERSION: real({ min: 0 }),
    NUM_INSTALMENT_NUMBER: integer({ min: 1 }),
    DAYS_INSTALMENT: real({ min: OLDEST_DAY, max: 0 }),
    DAYS_ENTRY_PAYMENT: real({ min: OLDEST_DAY, max: 0, nullable: true }),
    AMT_INSTALMENT: real({ min: 0 }),
    AMT_PAYMENT: real({ min: 0, nullable: true }),
  },
};
