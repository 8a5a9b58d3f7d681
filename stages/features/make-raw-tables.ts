import type { DuckDb } from '../../pipeline/index.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { rawColumns, type RawRows } from './raw-columns.ts';

/** Makes the eight raw tables with ingest's types, as if ingest had read these rows. */
export async function makeRawTables(db: DuckDb, rows: RawRows): Promise<void> {
  for (const name of TABLE_NAMES) await db.createTable(name, rawColumns(name, rows[name] ?? []));
}
