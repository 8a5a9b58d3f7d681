import type { DuckDb } from '../../../pipeline/index.ts';
import { buildFeatures } from '../build-features.ts';
import { tableQuery } from '../feature-queries.ts';
import { makeRawTables } from '../make-raw-tables.ts';
import type { RawRows } from '../raw-columns.ts';

export { makeRawTables, type RawRows };

/** Features by client, as they are stored. */
export async function featuresOf(db: DuckDb, rows: RawRows): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> {
  await makeRawTables(db, rows);
  await buildFeatures(db);
  const table = await db.all(tableQuery);
  return new Map(table.map((row) => [Number(row['SK_ID_CURR']), row]));
}
