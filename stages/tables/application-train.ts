import { applicationColumns } from './application-columns.ts';
import { id, label } from './column.ts';
import type { Table } from './table.ts';

/** Labelled applications. TARGET 1: the client had trouble paying. */
export const applicationTrain: Table = {
  name: 'application_train',
  key: ['SK_ID_CURR'],
  sort: ['SK_ID_CURR'],
  parents: [],
  columns: { SK_ID_CURR: id(), TARGET: label(), ...applicationColumns },
};
