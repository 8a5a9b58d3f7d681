import { applicationColumns } from './application-columns.ts';
import { id } from './column.ts';
import type { Table } from './table.ts';

/** Applications without a label. */
export const applicationTest: Table = {
  name: 'application_test',
  key: ['SK_ID_CURR'],
  sort: ['SK_ID_CURR'],
  parents: [],
  columns: { SK_ID_CURR: id(), ...applicationColumns },
};
