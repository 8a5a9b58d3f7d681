import type { TableName } from '../tables/table-names.ts';

/** The file that holds one table. */
export interface RawFile {
  readonly table: TableName;
  /** For messages. */
  readonly name: string;
  readonly path: string;
  readonly format: 'csv' | 'parquet';
}
