import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb, sqlName, sqlString } from '../../pipeline/index.ts';
import { tableColumns } from '../tables/table-columns.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { ApplicantFeatures } from './applicant-features.ts';
import { CHOSEN_FAMILIES, FAMILY_NAMES } from './family-names.ts';
import { programOf } from './plan/program.ts';
import { PlannedApplicants } from './planned-applicants.ts';
import { buildFeatures } from './build-features.ts';
import { tableQuery } from './feature-queries.ts';
import { CLIENTS, makeRandomBook } from './testing/random-book.ts';
import type { RawRows } from './raw-columns.ts';
import { rowsOfClient } from './testing/rows-of-client.ts';

const SLOW = 600_000;
const folder = resolve(process.env['SLUICE_SHARED'] ?? '../shared', 'data/home_credit_linked_5k');
const there = existsSync(folder);

const openDb = () => DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });

test(
  'one by one or at once, each of a hundred applicants gets bit for bit what the whole book gives',
  async () => {
    using db = await openDb();
    await makeRandomBook(db);
    await buildFeatures(db);
    const book = await db.all(tableQuery);
    using applicants = await ApplicantFeatures.open({ tempDir: tmpdir() });
    const rows = [];
    for (let client = 1; client <= CLIENTS; client++) rows.push(await rowsOfClient(db, client));
    const answers = [];
    // From rich to poor and back: 1 and 2 have no history, and nothing of the one before may be left.
    for (let at = 0; at < CLIENTS; at += 5)
      answers.push(...(await Promise.all(rows.slice(at, at + 5).map((own) => applicants.features(own)))));
    expect(answers.map(([row]) => row)).toEqual(book);
    expect(await applicants.features(rows[0] ?? {})).toEqual([book[0]]);
  },
  SLOW,
);

test(
  'the plan of every family is interpreted as a whole, and DuckDB itself answers the same',
  async () => {
    using planned = await PlannedApplicants.open([...FAMILY_NAMES, ...CHOSEN_FAMILIES], tmpdir());
    expect(programOf(await planned.plan())).toBeInstanceOf(Function);
    using db = await openDb();
    await makeRandomBook(db);
    const rows = await rowsOfClient(db, 50);
    using interpreted = await ApplicantFeatures.open({ tempDir: tmpdir() });
    using run = await ApplicantFeatures.open({ tempDir: tmpdir(), engine: 'duckdb' });
    expect(await interpreted.features(rows)).toEqual(await run.features(rows));
  },
  SLOW,
);

test('rows that cannot be are refused by table, row, column and value, and the next applicant is answered', async () => {
  using applicants = await ApplicantFeatures.open({ tempDir: tmpdir(), families: [] });
  const refused = async (rows: RawRows, error: object): Promise<void> => {
    await expect(applicants.features(rows)).rejects.toMatchObject(error);
  };
  await refused(
    { application_test: [{ SK_ID_CURR: 1, AMT_CREDITS: 5 }] },
    {
      code: 'DATA_BAD_VALUE',
      message: expect.stringMatching(/application_test, row 1: there is no column "AMT_CREDITS".*AMT_CREDIT/),
    },
  );
  await refused(
    { application_test: [{ SK_ID_CURR: 1, DAYS_BIRTH: -9.5 }] },
    {
      message: 'application_test, row 1, column DAYS_BIRTH: -9.5 is not a whole number',
    },
  );
  await refused({ application_test: [{ SK_ID_CURR: 2 ** 31 }] }, { message: expect.stringContaining('2147483647') });
  await refused(
    { application_test: [{ SK_ID_CURR: 1 }], bureau: [{ SK_ID_CURR: 1, AMT_ANNUITY: '5' }] },
    {
      message: 'bureau, row 1, column AMT_ANNUITY: "5" is not a number',
    },
  );
  await refused(
    { application_train: [{ SK_ID_CURR: 1 }], application_test: [{ SK_ID_CURR: 1 }] },
    {
      code: 'DATA_DUPLICATE_KEY',
    },
  );
  await refused({ application_test: [{ AMT_CREDIT: 1 }] }, { message: 'an application row has no SK_ID_CURR' });
  const [row] = await applicants.features({ application_test: [{ SK_ID_CURR: 1, AMT_CREDIT: 6, AMT_ANNUITY: 2 }] });
  expect(row).toMatchObject({ SK_ID_CURR: 1, TARGET: null, part: 'test', loan_term_months: 3, bureau_count: null });
});

const real = 'real applicants get bit for bit what the batch gives, those without bureau, card or earlier loan among them';
(there ? test : test.skip)(
  there ? real : `${real} (skipped: shared is absent, no ${folder})`,
  async () => {
    using db = await openDb();
    for (const name of TABLE_NAMES) await db.run(`create view all_${name} as select * from ${csv(name)}`);
    const clients = await chosen(db);
    expect(clients.length).toBeGreaterThanOrEqual(50);
    for (const name of TABLE_NAMES) {
      const own = name === 'bureau_balance' ? 'SK_ID_BUREAU in (select SK_ID_BUREAU from bureau)' : `SK_ID_CURR in (${clients.join(', ')})`;
      await db.run(`create table ${name} as select * from all_${name} where ${own}`);
    }
    await buildFeatures(db);
    using applicants = await ApplicantFeatures.open({ tempDir: tmpdir() });
    for (const row of await db.all(tableQuery))
      expect(await applicants.features(await rowsOfClient(db, Number(row['SK_ID_CURR'])))).toEqual([row]);
  },
  SLOW,
);

function csv(name: TableName): string {
  const file = name === 'installments_payments' ? `${name}.PARTIAL` : name;
  const columns = Object.entries(tableColumns(name)).map(([column, type]) => `${sqlName(column)}::${type} as ${sqlName(column)}`);
  return `(select ${columns.join(', ')} from read_csv(${sqlString(join(folder, `${file}.csv.gz`))}, all_varchar = true, nullstr = ''))`;
}

/** 42 of both parts at random, and a pair each of those without rows in bureau, cards, earlier loans, and with a loan still owed and no months. */
async function chosen(db: DuckDb): Promise<readonly number[]> {
  const without = ['bureau', 'credit_card_balance', 'previous_application', 'POS_CASH_balance'].map(
    (name) => `(select SK_ID_CURR from all_application_train anti join all_${name} using (SK_ID_CURR) order by SK_ID_CURR limit 2)`,
  );
  const rows = await db.all<{ client: number }>(
    `select distinct SK_ID_CURR as client from (
      (select SK_ID_CURR from all_application_train order by md5(SK_ID_CURR::varchar) limit 30)
      union all (select SK_ID_CURR from all_application_test order by md5(SK_ID_CURR::varchar) limit 14)
      union all ${without.join(' union all ')}) order by client`,
  );
  return rows.map(({ client }) => client);
}
