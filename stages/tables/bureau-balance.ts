import { id, integer, text } from './column.ts';
import type { Table } from './table.ts';

/** Monthly status of the bureau loans; the client is found through bureau. */
export const bureauBalance: Table = {
  name: 'bureau_balance',
  key: [],
  sort: ['SK_ID_BUREAU', 'MONTHS_BALANCE'],
  parents: [{ column: 'SK_ID_BUREAU', tables: ['bureau'], usualCoverage: 0.45 }],
  columns: {
    SK_ID_BUREAU: id(),
    MONTHS_BALANCE: integer({ max: 0 }),
    STATUS: text(['0', '1', '2', '3', '4', '5', 'C', 'X']),
  },
};
