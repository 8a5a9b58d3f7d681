import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { DuckDb, openXgboost, sqlName, sqlString } from '../../pipeline/index.ts';
import { type BodyRun, runBody } from '../../pipeline/testing/run-body.ts';
import { coreCatalogue } from '../features/catalogue/all-features.ts';
import { catalogueSchema, type CatalogueEntry } from '../features/catalogue.ts';
import type { FeatureRow } from '../features/applicant-features.ts';
import type { RawRow, RawRows } from '../features/raw-columns.ts';
import { rowsOfClient } from '../features/testing/rows-of-client.ts';
import { auc } from '../metrics/auc.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import trainRun from '../train/run.ts';
import { modelSummary, train } from '../train/stage.ts';
import { openEncoders } from './encode-clients.ts';
import { FITTED_FAMILIES } from './family-names.ts';
import { FittedEncoder } from './fitted-encoder.ts';
import { prepareClients } from './prepare-clients.ts';
import type { encode } from './stage.ts';
import { type Book, changeBook, encodeBook, makeSmallBook, readRows } from './testing/small-book.ts';

/** Most of the time is DuckDB planning; a busy machine takes minutes. */
const SLOW = 600_000;

let book: Book;
let encoded: BodyRun<typeof encode.outputs>;
let catalogue: readonly CatalogueEntry[];
let fitted: readonly string[];

beforeAll(async () => {
  book = await makeSmallBook();
  encoded = await encodeBook(book);
  catalogue = catalogueSchema.parse(JSON.parse(await readFile(encoded.outputs.catalogue, 'utf8')));
  fitted = catalogue.filter((entry) => entry.fitted === true).map(({ name }) => name);
}, SLOW);

const stateFiles = async (folder: string): Promise<ReadonlyMap<string, Buffer>> =>
  new Map(await Promise.all((await readdir(folder)).toSorted().map(async (name) => [name, await readFile(join(folder, name))] as const)));

test('the columns are those of split, then the fitted ones in the order of the catalogue, and none lacks an entry', async () => {
  const [row = {}] = await readRows(encoded.outputs.development);
  const [before = {}] = await readRows(book.development);
  expect(Object.keys(row)).toEqual([...Object.keys(before), ...fitted]);
  expect(catalogue.map(({ name }) => name)).toEqual([...coreCatalogue.map(({ name }) => name), ...fitted]);
  const unworded = catalogue.filter(({ formula, en, fr, concept }) => [formula, en, fr, concept].some((text) => text.trim() === ''));
  expect(unworded).toEqual([]);
});

test('everybody is there once, and values are known numbers or null, never infinite', async () => {
  const counts = async (path: string): Promise<number[]> => (await readRows(path)).map((row) => Number(row['SK_ID_CURR']));
  expect(await counts(encoded.outputs.development)).toEqual(await counts(book.development));
  expect(await counts(encoded.outputs.holdout)).toEqual(await counts(book.holdout));
  const unseen = await readRows(encoded.outputs.unseen);
  expect(unseen.map((row) => row['part'] === 'test' || row['TARGET'] !== null)).not.toContain(false);
  const values = [...unseen, ...(await readRows(encoded.outputs.development))].flatMap((row) => fitted.map((name) => row[name]));
  expect(values.filter((value) => value !== null && !Number.isFinite(value))).toEqual([]);
  for (const name of fitted) expect({ name, values: new Set(unseen.map((row) => row[name])).size > 1 }).toEqual({ name, values: true });
});

/** AUC within the folds, its mean, of each column that labels have a part in; clients without a value are left out. */
function foldAucs(rows: readonly Readonly<Record<string, unknown>>[]): ReadonlyMap<string, number> {
  const columns = fitted.filter((name) => /^(neighbours|previous_score|bureau_score)/.test(name));
  return new Map(
    columns.map((name) => {
      const aucs = [0, 1, 2, 3, 4].map((fold) => {
        const known = rows.filter((row) => row['fold'] === fold && row[name] !== null);
        return auc(
          known.map((row) => Number(row['TARGET'])),
          known.map((row) => Number(row[name])),
        );
      });
      return [name, aucs.reduce((sum, value) => sum + value, 0) / aucs.length];
    }),
  );
}

/** Five standard errors of an AUC of 1,200 rows, half of them defaults, by the normal approximation of the rank sum: √(1 / (3 n)). */
const NOISE = 5 * Math.sqrt(1 / (3 * 1200));

test('labels thrown by a coin: no column knows them', async () => {
  const aucs = foldAucs(await readRows(encoded.outputs.development));
  expect(aucs.size).toBe(15);
  for (const [name, value] of aucs) expect({ name, noise: Math.abs(value - 0.5) < NOISE, value }).toEqual({ name, noise: true, value });
});

test(
  'nor does a model that is trained on all columns: no better than the coin out of fold',
  async () => {
    const inputs = { development: encoded.outputs.development, catalogue: encoded.outputs.catalogue };
    const params = { rounds: 60, patience: 20, eta: 0.1, minChildWeight: 5, lambda: 1, measureProhibited: false, learningCurve: [] };
    const { outputs } = await runBody(train, trainRun, { inputs, params, threads: 1 });
    const { folds } = modelSummary.parse(JSON.parse(await readFile(outputs.summary, 'utf8')));
    const mean = folds.reduce((sum, { auc: one }) => sum + one, 0) / folds.length;
    expect({ noise: Math.abs(mean - 0.5) < NOISE, mean }).toEqual({ noise: true, mean });
  },
  SLOW,
);

test(
  'encoded as if they were new, the same clients do show their labels: the test above can fail',
  async () => {
    using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
    for (const name of TABLE_NAMES) await db.view(name, book[name]);
    await db.view('labelled', book.development);
    await db.run('create view unseen as from labelled; create view development as from labelled where false');
    await prepareClients(db, FITTED_FAMILIES);
    using encoders = await openEncoders({ db, xgboost: openXgboost({ threads: 2 }), stateDir: encoded.outputs.state }, FITTED_FAMILIES);
    await encoders.encode(db);
    const rows = await db.all('select * from fitted_columns join (select SK_ID_CURR, fold, TARGET from labelled) using (SK_ID_CURR)');
    const aucs = foldAucs(rows);
    for (const name of ['neighbours_default_rate', 'previous_score_mean', 'bureau_score_mean'])
      expect({ name, seen: (aucs.get(name) ?? 0) > 0.5 + NOISE }).toEqual({ name, seen: true });
  },
  SLOW,
);

test(
  'labels of the holdout, threads, memory and the order of rows: none moves a byte of development rows or of the state',
  async () => {
    const other = await changeBook(book, {
      holdout: 'select * replace ((1 - TARGET)::tinyint as TARGET) from holdout',
      table: 'select * replace ((1 - TARGET)::tinyint as TARGET) from "table"',
      ...Object.fromEntries(TABLE_NAMES.map((name) => [name, shuffledRows(name)])),
    });
    const again = await encodeBook(other, { threads: 1, memoryMb: 700 });
    expect(await stateFiles(again.outputs.state)).toEqual(await stateFiles(encoded.outputs.state));
    expect((await readFile(again.outputs.development)).equals(await readFile(encoded.outputs.development))).toBe(true);
    const values = async (path: string): Promise<unknown> => (await readRows(path)).map((row) => fitted.map((name) => row[name]));
    expect(await values(again.outputs.holdout)).toEqual(await values(encoded.outputs.holdout));
  },
  SLOW,
);

const shuffledRows = (name: string): string => `select * from ${sqlName(name)} order by hash(${sqlName(name)})`;

test(
  'a fold’s own clients have no part in what it is scored with, however often their loans are in the book',
  async () => {
    // Everybody in fold 0 repaid instead of defaulted and the other way round; one of them has each earlier loan twenty times.
    const twenty = 'select * replace ((SK_ID_PREV + 10000000 * copy)::integer as SK_ID_PREV) from previous_application, range(20) r(copy)';
    const client = '(select min(SK_ID_CURR) from previous_application join development using (SK_ID_CURR) where fold = 0)';
    const often = await changeBook(book, {
      previous_application: `select * exclude (copy) from (${twenty}) where copy = 0 or SK_ID_CURR = ${client} order by SK_ID_CURR`,
    });
    const flipped = await changeBook(often, {
      development: 'select * replace ((case when fold = 0 then 1 - TARGET else TARGET end)::tinyint as TARGET) from development',
    });
    const without = ['peer_groups', 'predicted_term', 'bureau_scores'];
    const [before, after] = [await encodeBook(often, { without }), await encodeBook(flipped, { without })];
    const [one, other] = [await stateFiles(before.outputs.state), await stateFiles(after.outputs.state)];
    expect(other.get('previous-0.ubj')).toEqual(one.get('previous-0.ubj'));
    expect(other.get('previous-1.ubj')).not.toEqual(one.get('previous-1.ubj'));
    const columns = fitted.filter((name) => /^(neighbours|previous_score)/.test(name));
    const values = async (path: string, fold: number): Promise<unknown> =>
      (await readRows(path, `fold = ${fold}`)).map((row) => columns.map((name) => row[name]));
    expect(await values(after.outputs.development, 0)).toEqual(await values(before.outputs.development, 0));
    expect(await values(after.outputs.development, 1)).not.toEqual(await values(before.outputs.development, 1));
  },
  SLOW,
);

const openEncoder = (engine?: 'duckdb' | 'interpreter'): Promise<FittedEncoder> =>
  FittedEncoder.open({
    stateDir: encoded.outputs.state,
    projectDir: process.cwd(),
    tempDir: tmpdir(),
    ...(engine === undefined ? {} : { engine }),
  });

/** How many applicants are held to the batch; ENCODE_APPLICANTS for more. */
const APPLICANTS = Number(process.env['ENCODE_APPLICANTS'] ?? 120);

test(
  'applicants get bit for bit what the holdout and the unlabelled get in the book, with a history or without, one by one or at once',
  async () => {
    const unseen = await readRows(encoded.outputs.unseen);
    const lonely = unseen.find((row) => row['previous_score_mean'] === null && row['bureau_score_mean'] === null);
    expect(lonely).toBeDefined();
    const step = Math.ceil(unseen.length / APPLICANTS);
    const clients = [lonely, ...unseen.filter((_, at) => at % step === 0)].filter((row) => row !== undefined);
    const expected = clients.map((row) => Object.fromEntries(['SK_ID_CURR', ...fitted].map((name) => [name, row[name]])));
    const rows = await rowsOf(clients.map((row) => Number(row['SK_ID_CURR'])));
    using encoder = await openEncoder();
    expect(encoder.engine).toBe('interpreter');
    const answers = await Promise.all(clients.map((row, at) => encoder.of(rows[at] ?? {}, [row as FeatureRow])));
    expect(answers.flat()).toEqual(expected);
    using slow = await openEncoder('duckdb');
    for (const [at, row] of clients.slice(0, 5).entries())
      expect(await slow.of(rows[at] ?? {}, [row as FeatureRow])).toEqual([expected[at]]);
  },
  SLOW,
);

test('what moves with sex or age is prohibited', async () => {
  const [row = {}] = await readRows(encoded.outputs.holdout);
  using encoder = await openEncoder();
  const [own = {}] = await rowsOf([Number(row['SK_ID_CURR'])]);
  const as = async (CODE_GENDER: string, DAYS_BIRTH: number): Promise<FeatureRow> => {
    const change = (rows: readonly RawRow[] = []): RawRow[] => rows.map((form) => ({ ...form, CODE_GENDER, DAYS_BIRTH }));
    const forms = { application_train: change(own.application_train), application_test: change(own.application_test) };
    const [values = {}] = await encoder.of({ ...own, ...forms }, [row as FeatureRow]);
    return values;
  };
  const [one, other] = [await as('F', -9_500), await as('M', -14_000)];
  const moved = fitted.filter((name) => one[name] !== other[name]);
  const prohibited = new Set(catalogue.filter((entry) => entry.prohibited).map(({ name }) => name));
  expect(moved.filter((name) => !prohibited.has(name))).toEqual([]);
  expect(moved.length).toBeGreaterThan(0);
});

test('the sentinel of days and other signs of nothing are in no row that a model sees', async () => {
  using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
  for (const name of [...TABLE_NAMES, 'development', 'holdout'] as const) await db.view(name, book[name]);
  await db.run('create view unseen as from holdout');
  await prepareClients(db, FITTED_FAMILIES);
  const sentinels = 'select count(*) as n from previous_application where 365243 in (DAYS_LAST_DUE, DAYS_TERMINATION, DAYS_FIRST_DRAWING)';
  expect((await db.one<{ n: number }>(sentinels)).n).toBeGreaterThan(0);
  for (const table of ['previous_model_rows', 'bureau_model_rows']) {
    const [largest = {}] = await db.all(`select max(columns('^(first|last|terminated|due|ended|updated|decided|inst_due)')) from ${table}`);
    for (const [column, value] of Object.entries(largest)) expect({ table, column, is: value }).not.toEqual({ table, column, is: 365_243 });
  }
});

test('a family that is left out is in no table, no entry and no file', async () => {
  const { outputs } = await encodeBook(book, { without: FITTED_FAMILIES });
  const [row = {}] = await readRows(outputs.holdout);
  const [before = {}] = await readRows(book.holdout);
  expect(row).toEqual(before);
  expect([...(await stateFiles(outputs.state)).keys()]).toEqual(['state.json']);
  expect(JSON.parse(await readFile(outputs.catalogue, 'utf8'))).toEqual(coreCatalogue);
});

async function rowsOf(clients: readonly number[]): Promise<readonly RawRows[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  for (const name of TABLE_NAMES) await db.run(`create table ${name} as from read_parquet(${sqlString(book[name])})`);
  const rows: RawRows[] = [];
  for (const client of clients) rows.push(await rowsOfClient(db, client));
  return rows;
}
