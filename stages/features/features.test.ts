import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { buildFeatures } from './build-features.ts';
import { catalogue, catalogueOf } from './catalogue/all-features.ts';
import { catalogueSchema } from './catalogue.ts';
import { tableQuery } from './feature-queries.ts';
import { requireUniqueClients } from './require-unique-clients.ts';
import { featuresOf, makeRawTables, type RawRows } from './testing/raw-tables.ts';

/** Most of the time is DuckDB planning some 900 columns; a busy machine takes minutes. */
const SLOW = 600_000;

const open = () => DuckDb.open({ threads: 2, memoryMb: 512, tempDir: tmpdir() });

async function featuresOfClient(rows: RawRows, client = 1): Promise<Readonly<Record<string, unknown>>> {
  using db = await open();
  const found = (await featuresOf(db, rows)).get(client);
  if (found === undefined) throw new Error(`client ${client} has no row`);
  return found;
}

const applicant = {
  SK_ID_CURR: 1,
  TARGET: 0,
  AMT_INCOME_TOTAL: 120_000,
  AMT_CREDIT: 60_000,
  AMT_ANNUITY: 5_000,
  DAYS_BIRTH: -14_610,
  DAYS_EMPLOYED: -1_461,
};

test('columns and catalogue are the same, in the same set, and every entry is well formed', async () => {
  const row = await featuresOfClient({ application_train: [applicant] });
  const columns = Object.keys(row).slice(3);
  expect(Object.keys(row).slice(0, 3)).toEqual(['SK_ID_CURR', 'TARGET', 'part']);
  expect(catalogue.map(({ name }) => name).toSorted()).toEqual(columns.toSorted());
  catalogueSchema.parse([...catalogue]);
  for (const { name, formula, en, fr } of catalogue)
    expect({ name, empty: [formula, en, fr].filter((text) => text.trim() === '') }).toEqual({ name, empty: [] });
  expect(columns.length).toBeGreaterThanOrEqual(650);
});

const dated = { DAYS_ID_PUBLISH: -100, DAYS_REGISTRATION: -100, DAYS_LAST_PHONE_CHANGE: -5, OWN_CAR_AGE: 9, EXT_SOURCE_1: 0.5 };

test('every feature that moves with sex or age is prohibited, and no other', async () => {
  const same = await featuresOfClient({
    application_train: [{ ...applicant, CODE_GENDER: 'F', ...dated }],
  });
  const other = await featuresOfClient({
    application_train: [{ ...applicant, CODE_GENDER: 'M', DAYS_BIRTH: -9_000, ...dated }],
  });
  const moved = Object.keys(same).filter((name) => same[name] !== other[name]);
  expect(moved.toSorted()).toEqual(
    catalogue
      .filter((entry) => entry.prohibited)
      .map(({ name }) => name)
      .toSorted(),
  );
});

test('a client without history has nulls for all of it, and TARGET moves nothing', async () => {
  const row = await featuresOfClient({ application_train: [applicant] });
  const history = catalogue.filter(({ table }) => table !== 'application_train').map(({ name }) => name);
  // These two hold what is asked for as well, so they are known without any history.
  const known = history.filter((name) => row[name] !== null);
  expect(known.toSorted()).toEqual(['all_annuities_to_income', 'all_debt_to_income']);
  expect(row['history_missing']).toBe(5);
  const defaulted = await featuresOfClient({ application_train: [{ ...applicant, TARGET: 1 }] });
  expect({ ...defaulted, TARGET: 0 }).toEqual(row);
});

test('values that do not fit become null, never infinite or NaN', async () => {
  using db = await open();
  const hostile = {
    AMT_CREDIT: Number.POSITIVE_INFINITY,
    AMT_ANNUITY: 0,
    AMT_INCOME_TOTAL: 0,
    EXT_SOURCE_2: Number.NaN,
    EXT_SOURCE_3: 1e300,
    AMT_GOODS_PRICE: 1e-300,
    CNT_FAM_MEMBERS: 0,
  };
  await featuresOf(db, {
    application_train: [{ SK_ID_CURR: 1, TARGET: 0, ...hostile }],
    bureau: [{ SK_ID_CURR: 1, SK_ID_BUREAU: 1, AMT_CREDIT_SUM: 0, AMT_CREDIT_SUM_DEBT: Number.NaN, DAYS_CREDIT: -5 }],
    previous_application: [{ SK_ID_CURR: 1, SK_ID_PREV: 1, AMT_CREDIT: 0, AMT_ANNUITY: 1e200, CNT_PAYMENT: 0, AMT_APPLICATION: 1e12 }],
    credit_card_balance: [{ SK_ID_CURR: 1, SK_ID_PREV: 1, MONTHS_BALANCE: -1, AMT_BALANCE: 1e30, AMT_CREDIT_LIMIT_ACTUAL: 0 }],
    installments_payments: [
      { SK_ID_CURR: 1, SK_ID_PREV: 1, NUM_INSTALMENT_NUMBER: 1, DAYS_INSTALMENT: -9, AMT_INSTALMENT: 0, AMT_PAYMENT: 5 },
    ],
  });
  const [row = {}] = await db.all(tableQuery);
  const values = Object.entries(row).filter(([name]) => !['SK_ID_CURR', 'TARGET', 'part'].includes(name));
  expect(values.filter(([, value]) => value !== null && !Number.isFinite(value))).toEqual([]);
  expect(row['loan_term_months']).toBeNull();
  expect(row['loan_credit']).toBeNull();
});

test('a client in both application tables is refused by id', async () => {
  using db = await open();
  await makeRawTables(db, { application_train: [applicant], application_test: [{ SK_ID_CURR: 1 }] });
  await expect(requireUniqueClients(db)).rejects.toMatchObject({
    code: 'DATA_DUPLICATE_KEY',
    message: expect.stringContaining('SK_ID_CURR 1 has 2 rows'),
  });
});

test(
  'a family that is left out is neither in the table nor in the catalogue, and the rest stays as it was',
  async () => {
    using db = await open();
    await makeRawTables(db, { application_train: [applicant] });
    await buildFeatures(db, { families: ['bureau_kinds'] });
    const [few = {}] = await db.all(tableQuery);
    const names = catalogueOf(['bureau_kinds']).map(({ name }) => name);
    expect(Object.keys(few).slice(3).toSorted()).toEqual(names.toSorted());
    expect(names).not.toContain('inst_latest12_late_slope');
    const all = await featuresOfClient({ application_train: [applicant] });
    expect(all).toMatchObject(few);
  },
  SLOW,
);

test(
  'slopes are those of least squares: payments ever later, by hand',
  async () => {
    const due = [-500, -400, -300, -200];
    const late = [0, 3, 4, 9];
    const row = await featuresOfClient({
      application_train: [applicant],
      installments_payments: due.map((day, index) => ({
        SK_ID_CURR: 1,
        SK_ID_PREV: 1,
        NUM_INSTALMENT_NUMBER: index + 1,
        DAYS_INSTALMENT: day,
        DAYS_ENTRY_PAYMENT: day + (late[index] ?? 0),
        AMT_INSTALMENT: 10,
        AMT_PAYMENT: 10,
      })),
    });
    // x = 1…4, mean 2.5; y mean 4; Σ (x − 2.5)(y − 4) = 6 + 0.5 + 0 + 7.5 = 14; Σ (x − 2.5)² = 5.
    expect(row['inst_latest12_late_slope']).toBeCloseTo(2.8, 6);
    expect(row['inst_latest_loan_late_max']).toBe(9);
  },
  SLOW,
);

test(
  '365243 days leak into no column of earlier applications',
  async () => {
    const never = {
      DAYS_FIRST_DRAWING: 365243,
      DAYS_FIRST_DUE: 365243,
      DAYS_LAST_DUE_1ST_VERSION: 365243,
      DAYS_LAST_DUE: 365243,
      DAYS_TERMINATION: 365243,
    };
    const row = await featuresOfClient({
      application_train: [{ ...applicant, DAYS_EMPLOYED: 365243 }],
      previous_application: [{ SK_ID_CURR: 1, SK_ID_PREV: 1, NAME_CONTRACT_STATUS: 'Approved', DAYS_DECISION: -10, ...never }],
    });
    const large = Object.entries(row).filter(
      ([name, value]) => !/income|loan|annuity|credit|goods/.test(name) && Math.abs(Number(value)) > 100_000,
    );
    expect(large).toEqual([]);
    expect(row['previous_approved_last_due_max']).toBeNull();
  },
  SLOW,
);
