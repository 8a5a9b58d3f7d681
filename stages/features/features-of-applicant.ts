import { DuckDb, sqlName, sqlString } from '../../pipeline/index.ts';
import { tableColumns } from '../tables/table-columns.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { type BuildOptions, buildFeatures } from './build-features.ts';
import { tableQuery } from './feature-queries.ts';

export type RawValue = string | number | boolean | null;
export type RawRow = Readonly<Record<string, RawValue>>;
/** Rows by raw table; a table that is not there has none, a column that is not there is null. */
export type RawRows = Readonly<Partial<Record<TableName, readonly RawRow[]>>>;

/** One row of the feature table: SK_ID_CURR, TARGET, part, then every feature. */
export type FeatureRow = Readonly<Record<string, string | number | null>>;

/**
 * Features of the applicants in the rows, by SK_ID_CURR, bit for bit as the batch makes them: the same SQL on an in-memory database.
 * Put the one who applies in `application_test`. Most of the time, about a second, is DuckDB planning the SQL, so hand in several at once.
 * @throws SluiceError NATIVE_DUCKDB for a column that the raw table does not have or a value that is not of its type
 */
export async function featuresOfApplicant(rows: RawRows, tempDir: string, options: BuildOptions = {}): Promise<readonly FeatureRow[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir });
  await makeRawTables(db, rows);
  await buildFeatures(db, options);
  // Awaited here: `using` closes the database as soon as the function is left.
  return await db.all<Record<string, string | number | null>>(tableQuery);
}

/** Makes the eight raw tables with ingest's types. */
export async function makeRawTables(db: DuckDb, rows: RawRows): Promise<void> {
  for (const name of TABLE_NAMES) {
    const columns = Object.entries(tableColumns(name)).map(([column, type]) => `${sqlName(column)} ${type}`);
    await db.run(`create or replace table ${sqlName(name)} (${columns.join(', ')})`);
    for (const [names, values] of byColumns(rows[name] ?? []))
      await db.run(`insert into ${sqlName(name)} (${names}) values ${values.join(', ')}`);
  }
}

/** Rows as SQL tuples, by the columns that they name. */
function byColumns(rows: readonly RawRow[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const names = Object.keys(row).map(sqlName).join(', ');
    const group = groups.get(names) ?? [];
    group.push(`(${Object.values(row).map(literal).join(', ')})`);
    groups.set(names, group);
  }
  return groups;
}

function literal(value: RawValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return sqlString(value);
  return typeof value === 'number' && !Number.isFinite(value) ? `'${value}'::double` : doubleLiteral(value);
}

/** An exponent makes it a double and not a decimal. */
const doubleLiteral = (value: number | boolean): string =>
  typeof value === 'boolean' || Number.isInteger(value) ? String(value) : value.toExponential();
