import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../pipeline/index.ts';
import { bundleFile } from '../../pipeline/testing/bundle-file.ts';
import type { KeptModel } from '../scorer/models/kept-model.ts';
import type { Scorer } from '../scorer/scorer.ts';
import { openWorldScorer } from '../testing/open-world-scorer.ts';
import { zipOf } from '../../stages/ingest/testing/zip-of.ts';
import { rawFolder } from '../testing/raw-folder.ts';
import { keepWorldModel, type ServedWorld, servedArtifacts, servedWorld } from '../testing/served-world.ts';
import { type BatchOptions, scoreBatch } from './score-batch.ts';

/** So that the world's 1,282 applicants are two parts. */
const CLIENTS_AT_ONCE = 650;

let world: ServedWorld;
let model: KeptModel;
let dir: string;
let scorer: Scorer;
let whole: Buffer;
let db: DuckDb;

function options(input: string, name: string): BatchOptions {
  return {
    input,
    out: join(dir, name),
    model,
    reasons: true,
    projectDir: process.cwd(),
    threads: 2,
    signal: new AbortController().signal,
    onNote: () => {},
    clientsAtOnce: CLIENTS_AT_ONCE,
  };
}

beforeAll(async () => {
  world = await servedWorld();
  const artifactsDir = await servedArtifacts(world);
  dir = await mkdtemp(join(tmpdir(), 'sluice-batch-'));
  model = await keepWorldModel(world, 'champion', join(artifactsDir, 'serving'));
  db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: dir });
  await scoreBatch(options(await rawFolder(world), 'whole.parquet'));
  whole = await readFile(join(dir, 'whole.parquet'));
  scorer = await openWorldScorer(world, artifactsDir);
});
afterAll(async () => {
  db.close();
  await scorer.close();
});

const scores = (file: string, where = 'true') => db.all(`from ${sqlString(join(dir, file))} where ${where} order by SK_ID_CURR`);

test('a batch gives everybody what the scorer gives them by id, and by their raw rows: to the bit', async () => {
  const rows = await scores('whole.parquet');
  expect(rows).toHaveLength(scorer.status().book?.applicants ?? -1);
  for (const [at, row] of rows.entries()) {
    // By id all of them; raw rows take longer.
    const id = Number(row['SK_ID_CURR']);
    const byId = await scorer.score({ id }, { reasons: at % 20 === 0 });
    const answers = at % 160 === 0 ? [byId, await scorer.score({ rows: (await scorer.inputs({ id })).rows })] : [byId];
    for (const answer of answers) {
      expect([answer.featureDigest, answer.logOdds, answer.probabilityOfDefault.value, answer.decision]).toEqual([
        row['feature_digest'],
        row['log_odds'],
        row['probability_of_default'],
        row['decision'],
      ]);
      expect([answer.expectedCost.grant, answer.expectedCost.refuse]).toEqual([row['expected_cost_grant'], row['expected_cost_refuse']]);
      if (at % 20 === 0)
        expect(answer.reasons.map(({ code }) => code)).toEqual([1, 2, 3, 4].flatMap((rank) => row[`reason_${rank}`] ?? []));
    }
  }
  expect(rows.filter((row) => row['decision'] === 'refuse' && row['reason_1'] !== null).length).toBeGreaterThan(50);
});

test('killed in the middle, it goes on where it was and writes the same bytes', async () => {
  const { signal: _signal, onNote: _onNote, ...sent } = options(await rawFolder(world), 'killed.parquet');
  const child = spawn(process.execPath, [await bundleFile('serving/testing/batch-process.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(sent));
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('scored 1/')) child.kill('SIGKILL');
  expect(await readdir(dir)).not.toContain('killed.parquet');
  const notes: string[] = [];
  const summary = await scoreBatch({ ...options(await rawFolder(world), 'killed.parquet'), onNote: (note) => notes.push(note) });
  expect(summary?.resumed).toBeGreaterThanOrEqual(1);
  expect(notes.some((note) => note.startsWith('reading'))).toBe(false);
  expect(Buffer.compare(await readFile(join(dir, 'killed.parquet')), whole)).toBe(0);
  expect((await readdir(dir)).filter((name) => name.startsWith('killed'))).toEqual(['killed.parquet']);
});

test('told to stop it stops; parts of another input or model are not taken up', async () => {
  const stop = new AbortController();
  const onNote = (note: string): void => {
    if (note.startsWith('scored 1/')) stop.abort();
  };
  const folder = await rawFolder(world, ['application_test']);
  expect(await scoreBatch({ ...options(folder, 'other.parquet'), clientsAtOnce: 100, signal: stop.signal, onNote })).toBeNull();
  const summary = await scoreBatch({ ...options(folder, 'other.parquet'), reasons: false, clientsAtOnce: 100 });
  expect(summary).toMatchObject({ resumed: 0 });
});

test('a table of features gives the same numbers as the raw rows that they were made of', async () => {
  const { path } = await world.artifact('encode.holdout');
  await db.run(`copy (from read_parquet(${sqlString(path)})) to ${sqlString(join(dir, 'features.csv'))} (format csv, header)`);
  const summary = await scoreBatch({ ...options(path, 'features.parquet') });
  await scoreBatch({ ...options(join(dir, 'features.csv'), 'from-csv.parquet') });
  const rows = await scores('features.parquet');
  expect(rows).toHaveLength(summary?.applicants ?? -1);
  const ids = rows.map((row) => Number(row['SK_ID_CURR']));
  expect(rows).toEqual(await scores('whole.parquet', `SK_ID_CURR in (${ids.join(', ')})`));
  expect(await scores('from-csv.parquet')).toEqual(rows);
});

test('a form by itself is scored with all history unknown; a CSV holds what Parquet does', async () => {
  const { path } = await world.artifact('ingest.application_test');
  await scoreBatch(options(path, 'form.csv'));
  const [row] = await db.all(`from read_csv(${sqlString(join(dir, 'form.csv'))}) order by SK_ID_CURR`);
  const [form] = await db.all(`from read_parquet(${sqlString(path)}) order by SK_ID_CURR limit 1`);
  const answer = await scorer.score({ rows: { application_test: [form as Record<string, string | number | null>] } });
  expect([row?.['feature_digest'], row?.['probability_of_default'], row?.['log_odds']]).toEqual([
    answer.featureDigest,
    answer.probabilityOfDefault.value,
    answer.logOdds,
  ]);
  expect(answer.dataQuality.filter(({ issue }) => issue === 'missing-table').map(({ table }) => table)).toContain('bureau');
});

test('an archive of tables, as Kaggle has it, is scored as the tables are', async () => {
  const { path } = await world.artifact('ingest.application_test');
  const csv = join(dir, 'application_test.csv');
  await db.run(`copy (from read_parquet(${sqlString(path)})) to ${sqlString(csv)} (format csv, header)`);
  await writeFile(join(dir, 'home-credit.zip'), zipOf({ 'application_test.csv': await readFile(csv) }));
  const notes: string[] = [];
  await scoreBatch({ ...options(join(dir, 'home-credit.zip'), 'from-zip.parquet'), onNote: (note) => notes.push(note) });
  expect(notes).toContainEqual(expect.stringContaining(`${join(dir, 'home-credit.zip')} has no bureau, bureau_balance, `));
  await scoreBatch(options(csv, 'from-form.parquet'));
  expect(await scores('from-zip.parquet')).toEqual(await scores('from-form.parquet'));
});

test('what cannot be scored is refused by file, column and value', async () => {
  const at = (name: string): string => join(dir, name);
  const attempt = (input: string) => scoreBatch(options(input, 'refused.parquet'));
  await writeFile(at('few.csv'), 'SK_ID_CURR,ext_1\n1,0.5\n');
  await expect(attempt(at('few.csv'))).rejects.toMatchObject({ code: 'DATA_MISSING_COLUMN', message: expect.stringContaining('few.csv') });
  await writeFile(at('notes.txt'), 'hello');
  await expect(attempt(at('notes.txt'))).rejects.toMatchObject({ code: 'USAGE' });
  await expect(attempt(at('nowhere'))).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
  await mkdir(at('empty'));
  await expect(attempt(at('empty'))).rejects.toMatchObject({
    code: 'DATA_MISSING_TABLE',
    message: expect.stringContaining('or application_test.csv.gz: it is empty.'),
    hint: expect.not.stringContaining('params'),
  });
  await writeFile(at('history.zip'), zipOf({ 'kaggle/bureau.csv': 'SK_ID_CURR\n1\n', 'kaggle/applications.csv': 'SK_ID_CURR\n1\n' }));
  await expect(attempt(at('history.zip'))).rejects.toMatchObject({
    code: 'DATA_MISSING_TABLE',
    message: `${at('history.zip')} has no application_train.csv or application_test.csv: it has applications.csv, bureau.csv. Did you mean "applications.csv"?`,
    hint: 'Rename the file that has the forms.',
    at: { file: at('history.zip') },
  });
  await writeFile(at('parquet.zip'), zipOf({ 'application_test.parquet': 'PAR1' }));
  await expect(attempt(at('parquet.zip'))).rejects.toMatchObject({ hint: expect.stringContaining('unpack it') });
  const { path } = await world.artifact('encode.holdout');
  const copy = (query: string, file: string) => db.run(`copy (${query}) to ${sqlString(at(file))} (format parquet)`);
  const holdout = `read_parquet(${sqlString(path)})`;
  await copy(`from ${holdout} union all (from ${holdout} order by SK_ID_CURR limit 1)`, 'twice.parquet');
  await expect(attempt(at('twice.parquet'))).rejects.toMatchObject({ code: 'DATA_DUPLICATE_KEY' });
  await copy(`select * replace ('infinity'::float as ext_1) from ${holdout}`, 'infinite.parquet');
  await expect(attempt(at('infinite.parquet'))).rejects.toMatchObject({
    code: 'DATA_BAD_VALUE',
    message: expect.stringContaining('"ext_1"'),
  });
  await copy(`select * replace ('much' as ext_1) from ${holdout}`, 'text.parquet');
  await expect(attempt(at('text.parquet'))).rejects.toMatchObject({ code: 'DATA_BAD_VALUE' });
});
