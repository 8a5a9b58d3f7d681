import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import { tableColumns } from '../tables/table-columns.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { rawColumns, type RawRows } from './raw-columns.ts';

/** Makes the eight raw tables with ingest's types, as if ingest had read these rows. */
export async function makeRawTables(db: DuckDb, rows: RawRows): Promise<void> {
  for (const name of TABLE_NAMES) {
    const columns = Object.entries(tableColumns(name)).map(([column, type]) => `${sqlName(column)} ${type}`);
    await db.run(`create or replace table ${sqlName(name)} (${columns.join(', ')})`);
    await db.append(name, rawColumns(name, rows[name] ?? []));
  }
}
