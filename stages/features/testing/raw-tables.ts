import { sqlName, sqlString, type DuckDb } from '../../../pipeline/index.ts';
import { tableColumns } from '../../tables/table-columns.ts';
import { TABLE_NAMES, type TableName } from '../../tables/table-names.ts';
import { buildFeatures } from '../build-features.ts';
import { tableQuery } from '../feature-queries.ts';

export type RawRow = Readonly<Record<string, string | number>>;
export type RawRows = Readonly<Partial<Record<TableName, readonly RawRow[]>>>;

/** Makes the eight raw tables with ingest's types; columns that a row does not name are null. */
export async function makeRawTables(db: DuckDb, rows: RawRows): Promise<void> {
  for (const name of TABLE_NAMES) {
    const columns = Object.entries(tableColumns(name)).map(([column, type]) => `${sqlName(column)} ${type}`);
    await db.run(`create or replace table ${name} (${columns.join(', ')})`);
    for (const row of rows[name] ?? []) {
      const values = Object.values(row).map((value) => (typeof value === 'number' ? numberLiteral(value) : sqlString(value)));
      await db.run(`insert into ${name} (${Object.keys(row).map(sqlName).join(', ')}) values (${values.join(', ')})`);
    }
  }
}

const numberLiteral = (value: number): string => (Number.isFinite(value) ? String(value) : `'${value}'::double`);

/** Features by client, as they are stored. */
export async function featuresOf(db: DuckDb, rows: RawRows): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> {
  await makeRawTables(db, rows);
  await buildFeatures(db);
  const table = await db.all(tableQuery);
  return new Map(table.map((row) => [Number(row['SK_ID_CURR']), row]));
}
