/**
 * Features and fitted columns of one applicant, rows handed in: time of each answer once all is planned, and whether it equals the batch.
 *
 *   npm run bench -- applicant-fitted [--clients 50] [--repeat 4] [--scale 0.01]
 *
 * The state is fitted on a synthetic book of that scale, the applicants are of its holdout. One JSON line, milliseconds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DuckDb, sqlString } from '../pipeline/index.ts';
import { FittedEncoder } from '../stages/encode/fitted-encoder.ts';
import { encodeBook, makeSmallBook } from '../stages/encode/testing/small-book.ts';
import { ApplicantFeatures } from '../stages/features/applicant-features.ts';
import { rowsOfClient } from '../stages/features/testing/rows-of-client.ts';
import { TABLE_NAMES } from '../stages/tables/table-names.ts';
import { quantiles } from './quantiles.ts';

const { values: options } = parseArgs({
  options: {
    clients: { type: 'string', default: '50' },
    repeat: { type: 'string', default: '4' },
    scale: { type: 'string', default: '0.01' },
  },
});
const spill = await mkdtemp(join(tmpdir(), 'sluice-bench-applicant-'));
const book = await makeSmallBook(Number(options.scale));
const { outputs } = await encodeBook(book);
using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: spill });
for (const name of TABLE_NAMES) await db.run(`create table ${name} as from read_parquet(${sqlString(book[name])})`);
const holdout = await db.all(
  `from read_parquet(${sqlString(outputs.holdout)}) order by md5(SK_ID_CURR::varchar) limit ${Number(options.clients)}`,
);
const rows = [];
for (const row of holdout) rows.push(await rowsOfClient(db, Number(row['SK_ID_CURR'])));

const opening = performance.now();
using applicants = await ApplicantFeatures.open({ tempDir: spill });
using encoder = await FittedEncoder.open({ stateDir: outputs.state, projectDir: process.cwd(), tempDir: spill });
const openMs = Math.round(performance.now() - opening);
const wall: Record<'features' | 'fitted' | 'both', number[]> = { features: [], fitted: [], both: [] };
const cpu: number[] = [];
let different = 0;
for (let round = 0; round < Number(options.repeat); round++) {
  for (const [at, own] of rows.entries()) {
    const before = process.cpuUsage();
    const started = performance.now();
    const features = await applicants.features(own);
    const between = performance.now();
    const [fitted = {}] = await encoder.of(own, features);
    const ended = performance.now();
    const used = process.cpuUsage(before);
    wall.features.push(between - started);
    wall.fitted.push(ended - between);
    wall.both.push(ended - started);
    cpu.push((used.user + used.system) / 1000);
    if (Object.entries(fitted).some(([name, value]) => value !== holdout[at]?.[name])) different += 1;
  }
}
process.stdout.write(
  `${JSON.stringify({
    bench: 'applicant-fitted',
    answers: cpu.length,
    different,
    openMs,
    featuresMs: quantiles(wall.features),
    fittedMs: quantiles(wall.fitted),
    bothMs: quantiles(wall.both),
    cpuMs: quantiles(cpu),
  })}\n`,
);
await rm(spill, { recursive: true });
