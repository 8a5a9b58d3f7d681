/**
 * Features of one applicant, rows handed in or looked up in a book on disk: time of each answer, and whether it equals the batch.
 *
 *   npm run bench -- applicant [--clients 50] [--repeat 10] [--engine duckdb] [--data DIR]
 *
 * DIR holds Parquet files as ingest writes them; without it, synthetic ones are made. One JSON line, milliseconds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DuckDb, sqlString } from '../pipeline/index.ts';
import { ApplicantFeatures } from '../stages/features/applicant-features.ts';
import { buildFeatures } from '../stages/features/build-features.ts';
import { tableQuery } from '../stages/features/feature-queries.ts';
import { rowsOfClient } from '../stages/features/testing/rows-of-client.ts';
import { generateSynthetic } from '../stages/ingest/synthetic/generate-synthetic.ts';
import { perTable } from '../stages/tables/per-table.ts';
import { TABLE_NAMES } from '../stages/tables/table-names.ts';
import { ApplicantBook, writeApplicantBook } from '../serving/book/applicant-book.ts';
import { quantiles } from './quantiles.ts';

const { values: options } = parseArgs({
  options: {
    clients: { type: 'string', default: '50' },
    repeat: { type: 'string', default: '10' },
    engine: { type: 'string', default: 'interpreter' },
    data: { type: 'string' },
  },
});
const spill = await mkdtemp(join(tmpdir(), 'sluice-bench-applicant-'));
using db = await DuckDb.open({ threads: 2, memoryMb: 2048, tempDir: spill });
const made = options.data === undefined ? await generateSynthetic({ db, scale: 0.01, seed: 42, outDir: spill }) : null;
const paths = perTable((name) => made?.[name] ?? join(options.data ?? '', `${name}.parquet`));
const clients = Number(options.clients);
for (const name of TABLE_NAMES) {
  const own =
    name === 'application_train'
      ? `true order by md5(SK_ID_CURR::varchar) limit ${clients}`
      : name === 'application_test'
        ? 'false'
        : name === 'bureau_balance'
          ? 'SK_ID_BUREAU in (select SK_ID_BUREAU from bureau)'
          : 'SK_ID_CURR in (select SK_ID_CURR from application_train)';
  await db.run(`create table ${name} as select * from read_parquet(${sqlString(paths[name])}) where ${own}`);
}
await buildFeatures(db);
const book = await db.all(tableQuery);
const rows = await Promise.all(book.map((row) => rowsOfClient(db, Number(row['SK_ID_CURR']))));

const opening = performance.now();
using applicants = await ApplicantFeatures.open({ tempDir: spill, engine: options.engine === 'duckdb' ? 'duckdb' : 'interpreter' });
const openMs = performance.now() - opening;
const [wall, cpu, first]: [number[], number[], number[]] = [[], [], []];
let different = 0;
for (let round = 0; round < Number(options.repeat); round++) {
  for (const [at, own] of rows.entries()) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    const [row] = await applicants.features(own);
    const used = process.cpuUsage(before);
    // The first round is the compiler's: it is told apart.
    (round === 0 ? first : cpu).push((used.user + used.system) / 1000);
    if (round > 0) wall.push(performance.now() - started);
    if (JSON.stringify(row) !== JSON.stringify(book[at])) different += 1;
  }
}
{
  using views = await DuckDb.open({ threads: 2, memoryMb: 3072, tempDir: spill });
  for (const name of TABLE_NAMES) await views.view(name, paths[name]);
  await writeApplicantBook(views, paths, join(spill, 'book'));
}
const onDisk = new ApplicantBook(join(spill, 'book'));
const [bookWall, bookCpu, lookUpCpu]: [number[], number[], number[]] = [[], [], []];
for (const [at, { SK_ID_CURR: client }] of book.entries()) {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const found = onDisk.rows(Number(client));
  const looked = process.cpuUsage(before);
  const [row] = await applicants.features(found);
  const used = process.cpuUsage(before);
  bookWall.push(performance.now() - started);
  bookCpu.push((used.user + used.system) / 1000);
  lookUpCpu.push((looked.user + looked.system) / 1000);
  if (JSON.stringify(row) !== JSON.stringify(book[at])) different += 1;
}
process.stdout.write(
  `${JSON.stringify({ bench: 'applicant', answers: wall.length, different, engine: options.engine, openMs: Math.round(openMs), wallMs: quantiles(wall), cpuMs: quantiles(cpu), firstRoundCpuMs: quantiles(first), targetMs: 15, fromBook: { wallMs: quantiles(bookWall), cpuMs: quantiles(bookCpu), lookUpCpuMs: quantiles(lookUpCpu), targetMs: 50 } })}\n`,
);
await rm(spill, { recursive: true });
