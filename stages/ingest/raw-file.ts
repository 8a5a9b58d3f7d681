import type { TableName } from '../tables/table-names.ts';
import type { ZipEntry } from './zip/zip-entry.ts';

/** The file that holds one table. */
export interface RawFile {
  readonly table: TableName;
  /** For messages. */
  readonly name: string;
  readonly path: string;
  readonly format: 'csv' | 'parquet';
  /** Where the file lies inside a zip archive, which `path` then names. */
  readonly entry?: ZipEntry;
  /** Lines of the original that `path`, a copy, has left out at its start. */
  readonly lineOffset?: number;
}
