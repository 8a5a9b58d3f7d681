import type { ColumnSchema } from '../../pipeline/index.ts';
import type { TableName } from './table-names.ts';
import { tables } from './tables.ts';

/** Column names and DuckDB types of a raw table as ingest writes it. */
export function tableColumns(name: TableName): ColumnSchema {
  return Object.fromEntries(Object.entries(tables[name].columns).map(([column, { type }]) => [column, type]));
}
