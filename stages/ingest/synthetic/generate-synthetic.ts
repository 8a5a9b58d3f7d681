import { join } from 'node:path';
import { sqlName, type DuckDb } from '../../../pipeline/index.ts';
import { tableColumns } from '../../tables/table-columns.ts';
import { perTable } from '../../tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../../tables/table-names.ts';
import { tables as schemas } from '../../tables/tables.ts';
import { loadFacts } from './load-facts.ts';
import { clientCounts } from './client-counts.ts';
import { tableQueries } from './table-queries.ts';
import bureauCore from './sql/bureau-core.sql';
import clients from './sql/clients.sql';
import macros from './sql/macros.sql';
import previousCore from './sql/previous-core.sql';

export interface SyntheticOptions {
  readonly db: DuckDb;
  /** Share of the original's 356,255 applicants; 1 gives about 58 million rows over all tables. */
  readonly scale: number;
  readonly seed: number;
  /** Folder of the Parquet files that `paths` does not place. */
  readonly outDir: string;
  readonly paths?: Partial<Record<TableName, string>>;
  /** The tables to write; all by default. */
  readonly tables?: readonly TableName[];
  /** Called before each table, with how many are done. */
  readonly progress?: (done: number, total: number, table: TableName) => void;
}

/**
 * Writes the synthetic tables, one Parquet file each, and says where. Same seed, scale and DuckDB version: same bytes, whatever the threads.
 * @throws SluiceError NATIVE_DUCKDB when the disk is full or the memory limit too low
 */
export async function generateSynthetic(options: SyntheticOptions): Promise<Record<TableName, string>> {
  const { db, outDir, paths = {}, tables = TABLE_NAMES, progress } = options;
  await prepare(options);
  const written = perTable((name) => paths[name] ?? join(outDir, `${name}.parquet`));
  for (const [done, name] of tables.entries()) {
    progress?.(done, tables.length, name);
    const { sql, params } = tableQueries[name];
    await db.copyToParquet(typedAndSorted(name, sql), written[name], params);
  }
  await db.run('drop table client; drop table outcome; drop table bureau_core; drop table previous_core');
  return written;
}

async function prepare({ db, scale, seed }: SyntheticOptions): Promise<void> {
  const { labelled, unlabelled } = clientCounts(scale);
  await loadFacts(db);
  await setNumber(db, 'synthetic.seed', seed);
  await setNumber(db, 'synthetic.all', labelled + unlabelled);
  await setNumber(db, 'synthetic.test', unlabelled);
  for (const sql of [macros, clients, bureauCore, previousCore]) await db.run(sql);
}

const setNumber = (db: DuckDb, name: string, value: number): Promise<void> => db.run(`set variable ${sqlName(name)} = ${BigInt(value)}`);

/** The declared types in Kaggle's order; rows by the declared sort, then, where no key makes it total, by the other columns. */
function typedAndSorted(name: TableName, sql: string): string {
  const columns = Object.entries(tableColumns(name));
  const { key, sort } = schemas[name];
  const rest = key.length > 0 ? [] : columns.map(([column]) => column).filter((column) => !sort.includes(column));
  const typed = columns.map(([column, type]) => `${sqlName(column)}::${type} as ${sqlName(column)}`);
  return `select ${typed.join(', ')} from (${sql}) order by ${[...sort, ...rest].map(sqlName).join(', ')}`;
}
