import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDb, sqlString } from '../../../pipeline/index.ts';
import { type BodyRun, jsonArtifact, runBody } from '../../../pipeline/testing/run-body.ts';
import { buildFeatures } from '../../features/build-features.ts';
import { coreCatalogue } from '../../features/catalogue/all-features.ts';
import { tableQuery } from '../../features/feature-queries.ts';
import { generateSynthetic } from '../../ingest/synthetic/generate-synthetic.ts';
import { perTable } from '../../tables/per-table.ts';
import { TABLE_NAMES } from '../../tables/table-names.ts';
import run from '../run.ts';
import { encode } from '../stage.ts';

/** Paths of Parquet files by input of encode. */
export type Book = Readonly<Record<(typeof TABLE_NAMES)[number] | 'table' | 'development' | 'holdout', string>>;

/** A coin for each client: a label that nothing in the book knows of, as often 1 as 0. */
const COIN = `(('0x' || md5(concat('coin', SK_ID_CURR))[1:4])::integer % 2)::tinyint`;
/** 0 to 4 for development clients, −1 for the holdout, which is a sixth. */
const FOLD = `(('0x' || md5(concat('fold', SK_ID_CURR))[1:4])::integer % 6 - 1)::tinyint`;

/** Synthetic clients, some 1,500 labelled ones, with the labels thrown anew; features of the core. */
export async function makeSmallBook(scale = 0.005): Promise<Book> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-encode-'));
  const path = (name: string): string => join(dir, `${name}.parquet`);
  const raw = perTable(path);
  using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: dir });
  await generateSynthetic({ db, scale, seed: 5, outDir: dir, paths: raw, progress: () => {} });
  for (const name of TABLE_NAMES) await db.view(name, raw[name]);
  await buildFeatures(db, { families: [] });
  await db.run(`create table featured as select * replace (case when part = 'train' then ${COIN} end as TARGET) from (${tableQuery})`);
  const dealt = `select *, ${FOLD} as fold from featured where part = 'train'`;
  const book = { ...raw, table: path('table'), development: path('development'), holdout: path('holdout') };
  await db.copyToParquet('from featured order by SK_ID_CURR', book.table);
  await db.copyToParquet(`from (${dealt}) where fold >= 0 order by SK_ID_CURR`, book.development);
  await db.copyToParquet(`select * exclude (fold) from (${dealt}) where fold = -1 order by SK_ID_CURR`, book.holdout);
  return book;
}

/** The book with some of its tables replaced by queries over them. */
export async function changeBook(book: Book, queries: Partial<Record<keyof Book, string>>): Promise<Book> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-encode-'));
  using db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir: dir });
  for (const [name, path] of Object.entries(book)) await db.view(name, path);
  const changed = { ...book };
  for (const [name, query] of Object.entries(queries) as [keyof Book, string][]) {
    changed[name] = join(dir, `${name}.parquet`);
    await db.copyToParquet(query, changed[name]);
  }
  return changed;
}

/** Few neighbours and rounds, so that a label that got through would show. */
const PARAMS = { neighbours: 10, rounds: 20 };

export async function encodeBook(
  book: Book,
  { threads = 2, memoryMb = 1024, without = [] }: { threads?: number; memoryMb?: number; without?: readonly string[] } = {},
): Promise<BodyRun<typeof encode.outputs>> {
  const catalogue = await jsonArtifact(coreCatalogue);
  return runBody(encode, run, { inputs: { ...book, catalogue }, params: { ...PARAMS, without }, threads, memoryMb });
}

/** Rows of a Parquet file, by SK_ID_CURR. */
export async function readRows(path: string, where = 'true'): Promise<readonly Readonly<Record<string, unknown>>[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  return await db.all(`from read_parquet(${sqlString(path)}) where ${where} order by SK_ID_CURR`);
}
