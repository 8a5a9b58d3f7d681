import type { ColumnSchema } from '../../pipeline/index.ts';
import type { Column } from '../tables/column.ts';
import type { Table } from '../tables/table.ts';
import { id } from '../tables/column.ts';
import type { Dataset } from './dataset-section.ts';

/** The client's number, as every stage after ingest calls it. */
export const CLIENT = 'SK_ID_CURR';
export const TARGET = 'TARGET';

/** The file as the CSV reader takes it: the key under our name, the target as it stands there. */
export function rawTable({ columns, target }: Dataset): Table {
  const declared = Object.entries(columns).map(([name, { kind }]): [string, Column] => [
    name,
    { type: kind === 'number' ? 'DOUBLE' : 'VARCHAR', nullable: true },
  ]);
  return {
    name: 'application_train',
    key: [CLIENT],
    sort: [CLIENT],
    parents: [],
    columns: { [CLIENT]: id(), [target.column]: { type: 'VARCHAR', nullable: false }, ...Object.fromEntries(declared) },
  };
}

/** Columns of the ingested table, which validate, evaluate and drift read. */
export function ingestedColumns({ columns, groups }: Dataset): ColumnSchema {
  return {
    [CLIENT]: 'INTEGER',
    [TARGET]: 'TINYINT',
    ...Object.fromEntries(Object.entries(columns).map(([name, { kind }]) => [name, kind === 'number' ? 'DOUBLE' : 'VARCHAR'])),
    ...Object.fromEntries(Object.keys(groups).map((name) => [`group_${name}`, 'VARCHAR'])),
  };
}
