import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../pipeline/index.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { perTable } from '../tables/per-table.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { buildFeatures } from './build-features.ts';
import { buildInParts } from './build-in-parts.ts';
import { FAMILY_NAMES } from './family-names.ts';
import { tableQuery } from './feature-queries.ts';
import run from './run.ts';
import { features } from './stage.ts';
import { CLIENTS, makeRandomBook, shuffled } from './testing/random-book.ts';

async function openBook(): Promise<DuckDb> {
  const db = await DuckDb.open({ threads: 2, memoryMb: 512, tempDir: tmpdir() });
  await makeRandomBook(db);
  return db;
}

/** Most of the time is DuckDB planning some 900 columns; a busy machine takes minutes. */
const SLOW = 600_000;

async function bytes(db: DuckDb, salt: string, threads: number, memoryMb = 1024): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-book-'));
  const inputs = perTable((name) => join(dir, `${name}.parquet`));
  for (const name of TABLE_NAMES) await db.copyToParquet(shuffled(name, salt), inputs[name]);
  const { outputs } = await runBody(features, run, { inputs, threads, memoryMb });
  return readFile(outputs.table);
}

test(
  'the table has the same bytes whatever the threads, the memory and the order of the rows that it is made of',
  async () => {
    using db = await openBook();
    const first = await bytes(db, 'a', 1);
    expect((await bytes(db, 'b', 2, 512)).equals(first)).toBe(true);
  },
  SLOW,
);

test('the same amounts added as doubles do depend on the order: the test above can fail', async () => {
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  await makeRandomBook(db);
  const sums = (salt: string): Promise<unknown> =>
    db.all(`select SK_ID_CURR, sum(AMT_PAYMENT) as paid from (${shuffled('installments_payments', salt)}) group by all order by all`);
  expect(await sums('a')).not.toEqual(await sums('b'));
});

test(
  'fifty clients get bit for bit the same when the other fifty are not in the book',
  async () => {
    using db = await openBook();
    await buildFeatures(db);
    const all = await db.all(tableQuery);
    expect(all).toHaveLength(CLIENTS);
    // Every other client is taken out of all tables: what the rest get must not move.
    for (const name of TABLE_NAMES) await db.run(`alter table ${name} rename to book_${name}`);
    for (const name of TABLE_NAMES) {
      const half = name === 'bureau_balance' ? 'SK_ID_BUREAU in (select SK_ID_BUREAU from bureau)' : 'SK_ID_CURR % 2 = 0';
      await db.run(`create table ${name} as select * from book_${name} where ${half}`);
    }
    await buildFeatures(db);
    expect(await db.all(tableQuery)).toEqual(all.filter((row) => Number(row['SK_ID_CURR']) % 2 === 0));
  },
  SLOW,
);

test(
  'a book that is made thirty-three clients at a time is the book that is made at once',
  async () => {
    using db = await openBook();
    await buildFeatures(db);
    const all = await db.all(tableQuery);
    const dir = await mkdtemp(join(tmpdir(), 'sluice-book-'));
    const paths = perTable((name) => join(dir, `${name}.parquet`));
    for (const name of TABLE_NAMES) await db.copyToParquet(`from ${name}`, paths[name]);
    for (const name of TABLE_NAMES) await db.run(`drop table ${name}`);
    for (const name of TABLE_NAMES) await db.view(name, paths[name]);
    const seen: number[] = [];
    const out = join(dir, 'features.parquet');
    await buildInParts(db, {
      paths,
      out,
      families: FAMILY_NAMES,
      threads: 2,
      memoryMb: 2048,
      tempDir: dir,
      onDomain: (done, total) => seen.push(done / total),
      clientsAtOnce: 33,
    });
    expect(await db.all(`from read_parquet(${sqlString(out)})`)).toEqual(all);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  },
  SLOW,
);

test(
  'the random book reaches every feature: none is null everywhere or constant',
  async () => {
    using db = await openBook();
    await buildFeatures(db);
    const rows = await db.all(tableQuery);
    const dull = Object.keys(rows[0] ?? {}).filter((name) => new Set(rows.map((row) => row[name])).size < 2);
    expect(dull).toEqual([]);
  },
  SLOW,
);
