import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import type { BodyRun } from '../../pipeline/testing/run-body.ts';
import { fittedCatalogueOf } from '../encode/catalogue/fitted-catalogue.ts';
import { FITTED_FAMILIES } from '../encode/family-names.ts';
import type { encode } from '../encode/stage.ts';
import { type Book, changeBook, encodeBook, makeSmallBook, readRows } from '../encode/testing/small-book.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { championFolder, decision, freshFolder, trainModel } from '../evaluate/testing/small-world.ts';
import { loadChampion } from './load-champion.ts';
import { makeChampionHoldout, type RawFiles } from './champion-holdout.ts';
import { scoreChampion } from './score-champion.ts';

const SLOW = 600_000;
const fitted = fittedCatalogueOf(FITTED_FAMILIES).map(({ name }) => name);

let book: Book;
/** The champion learnt from one book, the challenger from the same clients with other labels and without every third of them. */
let champion: BodyRun<typeof encode.outputs>;
let challenger: BodyRun<typeof encode.outputs>;

beforeAll(async () => {
  book = await makeSmallBook();
  champion = await encodeBook(book);
  const labels = 'select * replace ((1 - TARGET)::tinyint as TARGET) from development where SK_ID_CURR % 3 > 0';
  challenger = await encodeBook(await changeBook(book, { development: labels }), { without: ['bureau_scores'] });
}, SLOW);

const raw = (): RawFiles => Object.fromEntries(TABLE_NAMES.map((name) => [name, { path: book[name] }])) as RawFiles;

async function championFiles(state: string | null): Promise<string> {
  const files = await mkdtemp(join(tmpdir(), 'sluice-champion-'));
  if (state !== null) await cp(state, join(files, 'fitted'), { recursive: true });
  return files;
}

async function holdoutOf(files: string, tables: RawFiles = raw()): Promise<readonly Readonly<Record<string, unknown>>[]> {
  using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
  await db.view('holdout', challenger.outputs.holdout);
  await makeChampionHoldout(db, { files, raw: tables, threads: 2, projectDir: process.cwd() });
  return await db.all('from champion_holdout order by SK_ID_CURR');
}

const valuesOf = (rows: readonly Readonly<Record<string, unknown>>[]): unknown =>
  rows.map((row) => fitted.map((name) => row[name] ?? null));

test(
  'the champion sees, bit for bit, the holdout that its own encode made, a family that the challenger lacks included',
  async () => {
    const own = await readRows(champion.outputs.holdout);
    expect(valuesOf(await holdoutOf(await championFiles(champion.outputs.state)))).toEqual(valuesOf(own));
    // With the challenger's state, or none, it would see other numbers: the line above can fail.
    const theirs = await readRows(challenger.outputs.holdout);
    expect(valuesOf(theirs)).not.toEqual(valuesOf(own));
    for (const name of ['neighbours_default_rate', 'previous_score_mean', 'peers_age_income_diff', 'predicted_payments'])
      expect({ name, moved: theirs.some((row, at) => row[name] !== own[at]?.[name]) }).toEqual({ name, moved: true });
    expect(valuesOf(await holdoutOf(await championFiles(challenger.outputs.state)))).toEqual(valuesOf(theirs));
  },
  SLOW,
);

test(
  'the gate scores the champion on those columns, and by what it says of its own holdout',
  async () => {
    using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
    const columns = ['neighbours_default_rate', 'previous_score_mean', 'peers_age_income_diff'];
    await db.view('learnt', champion.outputs.development);
    await db.view('own', champion.outputs.holdout);
    await db.view('holdout', challenger.outputs.holdout);
    const target = Uint8Array.from(await db.column('select TARGET from learnt order by SK_ID_CURR'));
    const matrix = await db.matrix(`select ${columns.join(', ')} from learnt order by SK_ID_CURR`);
    const trained = await trainModel(await freshFolder(), { id: new Int32Array(), target, matrix }, { columns });
    const files = await championFolder(trained);
    await cp(champion.outputs.state, join(files, 'fitted'), { recursive: true });
    const options = { files, raw: raw(), threads: 2, projectDir: process.cwd() };
    const status = { state: 'known', model: 'credit-scoring', version: '3', modelSha256: trained.sha256 } as const;
    const empty = new Float64Array();
    const judged = { id: empty, target: new Uint8Array(), probability: empty, calibrated: empty, decision: new Uint8Array() };
    const { rows } = await scoreChampion(db, judged, status, { ...options, levels: new Map() });
    using loaded = await loadChampion(files, { ...options, modelSha256: trained.sha256 });
    const { probability } = loaded.model.predict(await db.matrix(`select ${columns.join(', ')} from own order by SK_ID_CURR`));
    expect(rows?.probability).toEqual(Float64Array.from(probability));
    expect([...(rows?.decision ?? [])]).toEqual(Array.from(probability, (value) => Number(value >= decision.threshold)));
  },
  SLOW,
);

test('a champion without a state, or a graph without raw tables, gets the holdout as it stands', async () => {
  const theirs = await readRows(challenger.outputs.holdout);
  expect(await holdoutOf(await championFiles(null))).toEqual(theirs);
  const none = Object.fromEntries(TABLE_NAMES.map((name) => [name, null])) as RawFiles;
  expect(await holdoutOf(await championFiles(champion.outputs.state), none)).toEqual(theirs);
});
