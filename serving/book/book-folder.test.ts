import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb, sha256File, type SluiceError, sqlString } from '../../pipeline/index.ts';
import { zipOf } from '../../stages/ingest/testing/zip-of.ts';
import { writeRejects } from '../../stages/ingest/write-rejects.ts';
import { TABLE_NAMES } from '../../stages/tables/table-names.ts';
import type { DataIssue } from '../scorer/score-answer.ts';
import { withoutValues } from '../scorer/without-values.ts';
import { openWorldScorer } from '../testing/open-world-scorer.ts';
import { type ServedWorld, servedArtifacts, servedWorld } from '../testing/served-world.ts';
import { setAsideText } from './set-aside.ts';

/** Some of the world's applicants as a folder of CSV, half of them with a kind of loan that the model has not met. */
async function folderOfSome(db: DuckDb, world: ServedWorld): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-folder-'));
  const view = async (name: string): Promise<string> => sqlString((await world.artifact(`ingest.${name}`)).path);
  const some = 'SK_ID_CURR % 4 = 0';
  for (const name of TABLE_NAMES) {
    const kind = `replace (if(SK_ID_CURR % 8 = 0, 'Leasing', NAME_CONTRACT_TYPE) as NAME_CONTRACT_TYPE)`;
    const rows = name.startsWith('application_')
      ? `select * ${kind} from read_parquet(${await view(name)})`
      : `from read_parquet(${await view(name)})`;
    const own =
      name === 'bureau_balance'
        ? `${rows} where SK_ID_BUREAU in (select SK_ID_BUREAU from read_parquet(${await view('bureau')}) where ${some})`
        : `${rows} where ${some}`;
    await db.run(`copy (${own}) to ${sqlString(join(folder, `${name}.csv`))} (header)`);
  }
  return folder;
}

test('the applicants of a folder are served in place of the last run’s, compared with those of them whom the model has not learnt from', async () => {
  const world = await servedWorld();
  const artifactsDir = await servedArtifacts(world);
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  const folder = await folderOfSome(db, world);
  await using scorer = await openWorldScorer(world, artifactsDir, { bookFolder: folder });
  const form = sqlString(join(folder, 'application_train.csv'));
  const development = sqlString((await world.artifact('encode.development')).path);
  const { all, unlearnt } = await db.one<{ all: number; unlearnt: number }>(
    `select (select count(*) from read_csv(${form})) + (select count(*) from read_csv(${sqlString(join(folder, 'application_test.csv'))})) as all,
       (select count(*) from read_csv(${form}) anti join read_parquet(${development}) using (SK_ID_CURR)) as unlearnt`,
  );
  expect(scorer.status()).toMatchObject({ book: { applicants: all }, population: { clients: unlearnt } });
  expect(unlearnt).toBeGreaterThan(20);
  const { contracts, applicants } = await scorer.applicants({ limit: 5, contract: 'Leasing' });
  expect(contracts).toContain('Leasing');
  for (const { id } of applicants) {
    const { rows } = await scorer.inputs({ id });
    const [byId, byRows] = [await scorer.score({ id }), await scorer.score({ rows })];
    expect([id % 8, byId.logOdds, byId.featureDigest]).toEqual([0, byRows.logOdds, byRows.featureDigest]);
  }
  await expect(scorer.score({ id: 100_001 })).rejects.toMatchObject({ code: 'APPLICANT_UNKNOWN' });

  // Started again it opens what was made; other files are other applicants.
  const made = await readdir(join(artifactsDir, 'serving', 'indexes'));
  await using again = await openWorldScorer(world, artifactsDir, { bookFolder: folder });
  expect([again.status().book, await readdir(join(artifactsDir, 'serving', 'indexes'))]).toEqual([
    { applicants: all, setAside: null },
    made,
  ]);
  const text = await readFile(join(folder, 'application_test.csv'), 'utf8');
  await writeFile(join(folder, 'application_test.csv'), text.slice(0, text.trimEnd().lastIndexOf('\n') + 1));
  await using other = await openWorldScorer(world, artifactsDir, { bookFolder: folder });
  expect(other.status().book).toEqual({ applicants: all - 1, setAside: null });
  await rm(folder, { recursive: true });
});

interface Spoilt {
  readonly id: number;
  /** Of its file. */
  readonly line: number;
}

/**
 * Makes rows of somebody's history unreadable: one of a credit elsewhere, one of the months of such a credit, and one of instalments paid, which
 * loses a field. @param forms as in the folder
 */
async function spoilHistory(folder: string, forms: readonly string[]): Promise<Spoilt> {
  const months = await readCells(join(folder, 'bureau_balance.csv'));
  const withMonths = new Set(months.rows.map((cells) => cells[months.place('SK_ID_BUREAU')]));
  const loans = await readCells(join(folder, 'bureau.csv'));
  const applying = new Set(forms.map((form) => form.split(',')[0]));
  const [id, loan] = [loans.place('SK_ID_CURR'), loans.place('SK_ID_BUREAU')];
  const at = loans.rows.findIndex((cells) => applying.has(cells[id]) && withMonths.has(cells[loan]));
  const month = months.rows.findIndex((cells) => cells[months.place('SK_ID_BUREAU')] === loans.rows[at]?.[loan]);
  await loans.write(at, (cells) => cells.with(loans.place('DAYS_CREDIT'), 'long ago'));
  await months.write(month, (cells) => cells.with(months.place('MONTHS_BALANCE'), 'lately'));
  const payments = await readCells(join(folder, 'installments_payments.csv'));
  await payments.write(0, (cells) => cells.slice(1));
  return { id: Number(loans.rows[at]?.[id]), line: at + 2 };
}

interface Cells {
  readonly rows: readonly (readonly string[])[];
  readonly place: (column: string) => number;
  /** Replaces a row. */
  readonly write: (at: number, change: (cells: readonly string[]) => readonly string[]) => Promise<void>;
}

async function readCells(file: string): Promise<Cells> {
  const [header = [], ...rows] = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const text = (lines: readonly (readonly string[])[]): string => lines.map((cells) => cells.join(',')).join('\n');
  return {
    rows,
    place: (column) => header.indexOf(column),
    write: async (at, change) =>
      await writeFile(file, text([header, ...rows.map((cells, place) => (place === at ? change(cells) : cells))])),
  };
}

test('a row that cannot be read is no book: the place is told, never what stands there, and raw rows are scored', async () => {
  const world = await servedWorld();
  const artifactsDir = await servedArtifacts(world);
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  const folder = await folderOfSome(db, world);
  const file = join(folder, 'application_test.csv');
  const [header = '', form = '', ...others] = (await readFile(file, 'utf8')).split('\n');
  const place = header.split(',').indexOf('AMT_CREDIT');
  const bad = form.split(',').with(place, '4o6597');
  await writeFile(file, [header, bad.join(','), ...others].join('\n'));
  const { id, line: row } = await spoilHistory(folder, others);
  const warnings: SluiceError[] = [];
  await using scorer = await openWorldScorer(world, artifactsDir, {
    bookFolder: folder,
    onEvent: (event) => {
      if (event.type === 'warning') warnings.push(event.error);
    },
  });
  const where = 'application_test.csv:2: column AMT_CREDIT is not a number';
  expect(scorer.status()).toMatchObject({ bookFailure: where, warning: null, book: null });
  const [warning] = warnings;
  expect(warning?.message).toContain('"4o6597"');
  expect(warning).toMatchObject({
    hint: expect.stringContaining('Correct the row'),
    message: expect.not.stringContaining('rejectTolerance'),
  });
  if (warning !== undefined) expect(withoutValues(warning)).toBe(where);
  const refusal = {
    code: 'ARTIFACT_MISSING',
    message: expect.stringContaining(where),
    hint: expect.stringContaining('start serving again'),
  };
  await expect(scorer.applicants({ limit: 1 })).rejects.toMatchObject(refusal);
  await expect(scorer.score({ id: 100_001 })).rejects.toMatchObject(refusal);
  expect((await scorer.score({ rows: { application_test: [{ AMT_CREDIT: 406_597.5 }] } })).decision).toMatch(/grant|refuse/);

  // Who says so has the others served, and is told which are not; stricter again, it is no book again.
  await using tolerant = await openWorldScorer(world, artifactsDir, { bookFolder: folder, rejectTolerance: 0.5 });
  const { book } = tolerant.status();
  const places = [where, `bureau.csv:${row}: column DAYS_CREDIT is not a number`, expect.stringContaining('bureau_balance.csv:')];
  expect(book?.setAside).toMatchObject({ rows: 4, places, unclaimed: 1 });
  const told = book?.setAside == null ? '' : setAsideText(book.setAside);
  expect(told).toMatch(/^4 rows set aside, of 1 it is not known whose it is: application_test\.csv:2: .* is not a number, …$/);
  // And whoever decides on somebody whose history lost a row is told so, of a month of a credit as well.
  const issuesOf = async (who: number): Promise<readonly DataIssue[]> =>
    (await tolerant.score({ id: who })).dataQuality.filter(({ issue }) => issue === 'set-aside' || issue === 'unclaimed');
  // Whose the row with a field too few is, nobody can say: it may be anybody's.
  const ofAnybody: DataIssue = {
    issue: 'unclaimed',
    table: 'installments_payments',
    feature: null,
    en: '1 row of instalments paid could not be read, nor whose it is: it may be this applicant’s, and is not counted.',
    fr: 'Une ligne sur les échéances payées n’a pas pu être lue, ni à qui elle appartient : elle concerne peut-être cette demande, et n’est pas prise en compte.',
  };
  expect(await issuesOf(id)).toEqual([
    {
      issue: 'set-aside',
      table: 'bureau',
      feature: null,
      en: '1 row of credits elsewhere could not be read: it is not counted.',
      fr: 'Une ligne sur les crédits ailleurs n’a pas pu être lue : elle n’est pas prise en compte.',
    },
    {
      issue: 'set-aside',
      table: 'bureau_balance',
      feature: null,
      en: '1 row of the months of credits elsewhere could not be read: it is not counted.',
      fr: 'Une ligne sur les mensualités des crédits ailleurs n’a pas pu être lue : elle n’est pas prise en compte.',
    },
    ofAnybody,
  ]);
  const { applicants } = await tolerant.applicants({ limit: 40 });
  for (const other of applicants.filter((each) => each.id !== id)) expect(await issuesOf(other.id)).toEqual([ofAnybody]);
  const { total } = await db.one<{ total: number }>(
    `select count(*)::int as total from read_csv(${sqlString(join(folder, 'application_t*.csv'))}, union_by_name = true, all_varchar = true)`,
  );
  expect(book?.applicants).toBe(total - 1);
  expect(await db.all(`select client, "column", value from ${sqlString(book?.setAside?.file ?? '')}`)).toEqual([
    { client: Number(form.split(',')[0]), column: 'AMT_CREDIT', value: '4o6597' },
    { client: id, column: 'DAYS_CREDIT', value: 'long ago' },
    { client: id, column: 'MONTHS_BALANCE', value: 'lately' },
    { client: null, column: null, value: null },
  ]);
  await expect(openWorldScorer(world, artifactsDir, { bookFolder: folder, rejectTolerance: 1e-6 })).rejects.toMatchObject({
    code: 'DATA_BAD_VALUE',
    hint: expect.stringContaining('It is 0.000001 now.'),
  });
  await rm(folder, { recursive: true });
});

test('rows that a run set aside are told as those of a folder are', async () => {
  const world = await servedWorld();
  const dir = await mkdtemp(join(tmpdir(), 'sluice-rejects-'));
  const path = join(dir, 'rejects.parquet');
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: dir });
  const reject = { file: 'bureau.csv', line: 7, column: 'DAYS_CREDIT', value: 'x', reason: 'is not a number', table: 'bureau' } as const;
  await using plain = await openWorldScorer(world, await servedArtifacts(world));
  const {
    applicants: [one, other],
  } = await plain.applicants({ limit: 2 });
  expect(plain.status().book?.setAside).toBeNull();
  await writeRejects(db, [{ ...reject, client: one?.id ?? 0 }], path);
  const sha256 = await sha256File(path);
  await using scorer = await openWorldScorer(world, await servedArtifacts(world), {
    artifact: async (port) => (port === 'ingest.rejects' ? { path, sha256 } : await world.artifact(port)),
  });
  const places = ['bureau.csv:7: column DAYS_CREDIT is not a number'];
  expect(scorer.status().book?.setAside).toEqual({ rows: 1, places, unclaimed: 0, file: path });
  const issuesOf = async (id = 0) => (await scorer.score({ id })).dataQuality.filter(({ issue }) => issue === 'set-aside');
  expect([await issuesOf(one?.id), await issuesOf(other?.id)]).toEqual([[expect.objectContaining({ table: 'bureau' })], []]);
  await rm(dir, { recursive: true });
});

test('an archive without the forms is no book: it is named, and what it has', async () => {
  const world = await servedWorld();
  const folder = await mkdtemp(join(tmpdir(), 'sluice-folder-'));
  const archive = join(folder, 'history.zip');
  await writeFile(archive, zipOf({ 'kaggle/bureau.csv': 'SK_ID_CURR\n1\n' }));
  const options = { bookFolder: archive, onEvent: () => {} };
  await using scorer = await openWorldScorer(world, await servedArtifacts(world), options);
  const { bookFailure } = scorer.status();
  expect(bookFailure).toBe(`${archive} has no application_train.csv or application_test.csv: it has bureau.csv.`);
  await rm(folder, { recursive: true });
});
