import type { ColumnSchema } from '../../pipeline/index.ts';
import type { TableName } from './table-names.ts';

/** Column names and DuckDB types of a raw table as ingest writes it. */
export function tableColumns(_name: TableName): ColumnSchema {
  return {};
}
