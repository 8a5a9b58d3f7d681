import { tmpdir } from 'node:os';
import { beforeAll, expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import type { BodyRun } from '../../pipeline/testing/run-body.ts';
import { ApplicantFeatures, type FeatureRow } from '../features/applicant-features.ts';
import type { RawRow, RawRows } from '../features/raw-columns.ts';
import { rowsOfClient } from '../features/testing/rows-of-client.ts';
import { tableColumns } from '../tables/table-columns.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { fittedCatalogueOf } from './catalogue/fitted-catalogue.ts';
import { FITTED_FAMILIES } from './family-names.ts';
import { FittedEncoder } from './fitted-encoder.ts';
import { prepareClients } from './prepare-clients.ts';
import type { encode } from './stage.ts';
import { type Book, changeBook, encodeBook, makeSmallBook, readRows } from './testing/small-book.ts';

const SLOW = 600_000;
const UNKNOWN_DAY = 365_243;
const fitted = fittedCatalogueOf(FITTED_FAMILIES).map(({ name }) => name);

let book: Book;
let encoded: BodyRun<typeof encode.outputs>;
beforeAll(async () => {
  book = await makeSmallBook();
  encoded = await encodeBook(book);
}, SLOW);

/** A holdout client with rows in every raw table, cards included. */
async function richClient(): Promise<RawRows> {
  using db = await openBook();
  const { client } = await db.one<{ client: number }>(
    `select min(SK_ID_CURR) as client from holdout semi join bureau using (SK_ID_CURR) semi join previous_application using (SK_ID_CURR)
       semi join credit_card_balance using (SK_ID_CURR) semi join POS_CASH_balance using (SK_ID_CURR) semi join installments_payments using (SK_ID_CURR)`,
  );
  return await rowsOfClient(db, client);
}

async function openBook(tables = book): Promise<DuckDb> {
  const db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
  for (const name of [...TABLE_NAMES, 'holdout', 'development'] as const) await db.view(name, tables[name]);
  return db;
}

async function answers(changes: readonly ((rows: RawRows) => RawRows)[]): Promise<readonly FeatureRow[]> {
  const own = await richClient();
  using applicants = await ApplicantFeatures.open({ tempDir: tmpdir(), families: [] });
  const state = { stateDir: encoded.outputs.state, projectDir: process.cwd(), tempDir: tmpdir() };
  using encoder = await FittedEncoder.open(state);
  using slow = await FittedEncoder.open({ ...state, engine: 'duckdb' });
  const found = [];
  for (const change of changes) {
    const rows = change(own);
    const features = await applicants.features(rows);
    const [row, same] = [await encoder.of(rows, features), await slow.of(rows, features)];
    expect(row).toEqual(same);
    found.push(...row);
  }
  return found;
}

/** Replaces the numbers of all rows in columns whose name passes. */
const withNumbers =
  (matches: RegExp, value: number) =>
  (rows: RawRows): RawRows =>
    Object.fromEntries(
      TABLE_NAMES.map((name) => [
        name,
        (rows[name] ?? []).map((row: RawRow) => ({ ...row, ...numbers(Object.entries(tableColumns(name)), matches, value) })),
      ]),
    );

function numbers(columns: readonly (readonly [string, string])[], matches: RegExp, value: number): RawRow {
  const hit = columns.filter(
    ([name, type]) => matches.test(name) && (type === 'DOUBLE' || (type === 'INTEGER' && Number.isInteger(value))),
  );
  return Object.fromEntries(hit.map(([name]) => [name, value]));
}

const AMOUNTS = /^AMT_/;

test(
  'amounts of zero, infinite or NaN, and the sentinel in every DAYS column: each fitted value is a number or null',
  async () => {
    const hostile = [
      withNumbers(AMOUNTS, 0),
      withNumbers(AMOUNTS, Number.POSITIVE_INFINITY),
      withNumbers(AMOUNTS, Number.NEGATIVE_INFINITY),
      withNumbers(AMOUNTS, Number.NaN),
      withNumbers(/^DAYS_/, UNKNOWN_DAY),
      withNumbers(/^EXT_SOURCE/, Number.POSITIVE_INFINITY),
    ];
    const rows = await answers(hostile);
    expect(rows).toHaveLength(hostile.length);
    const values = rows.flatMap((row, at) => fitted.map((name) => ({ at, name, value: row[name] ?? null })));
    const bad = values.filter(({ value }) => value !== null && (!Number.isFinite(value) || value === UNKNOWN_DAY));
    expect(bad).toEqual([]);
    // No term without an instalment, nor one of an infinite instalment: nothing is predicted of it.
    for (const at of [0, 1, 2, 3])
      for (const name of ['predicted_payments', 'predicted_interest_share', 'predicted_rate', 'peers_term_term_diff'])
        expect({ at, name, value: rows[at]?.[name] ?? null }).toEqual({ at, name, value: null });
  },
  SLOW,
);

test(
  'a client without cards has scores of earlier loans; without any history none at all',
  async () => {
    const [all = {}, cardless = {}, bare = {}] = await answers([
      (rows) => rows,
      (rows) => ({ ...rows, credit_card_balance: [] }),
      ({ application_train = [] }) => ({ application_train }),
    ]);
    expect(cardless['previous_score_mean']).toEqual(expect.any(Number));
    expect(cardless['bureau_score_mean']).toBe(all['bureau_score_mean']);
    const history = fitted.filter((name) => /^(previous|bureau)_score/.test(name));
    expect(history.map((name) => bare[name])).toEqual(history.map(() => null));
    expect(bare['neighbours_default_rate']).toBe(all['neighbours_default_rate']);
  },
  SLOW,
);

test(
  'a book whose every day is the sentinel and whose amounts are infinite: model rows hold null, and the stage gives numbers or null',
  async () => {
    const hostile = (name: (typeof TABLE_NAMES)[number]): string => {
      const columns = Object.entries(tableColumns(name)).filter(([column]) => /^DAYS_(?!BIRTH)|^AMT_/.test(column));
      const odd = name === 'bureau_balance' ? 'SK_ID_BUREAU' : 'SK_ID_CURR';
      const changed = columns.map(
        ([column, type]) =>
          `(case when ${odd} % 2 = 0 then ${column} else ${column.startsWith('DAYS_') ? UNKNOWN_DAY : "'inf'::double"} end)::${type} as ${column}`,
      );
      return changed.length === 0 ? `from ${name}` : `select * replace (${changed.join(', ')}) from ${name}`;
    };
    const other = await changeBook(book, Object.fromEntries(TABLE_NAMES.map((name) => [name, hostile(name)])));
    using db = await openBook(other);
    await db.run('create view unseen as from holdout');
    await prepareClients(db, FITTED_FAMILIES);
    for (const table of ['previous_model_rows', 'bureau_model_rows']) {
      const odd = await db.all(`select * exclude (SK_ID_CURR, recency, fold, TARGET) from ${table} where SK_ID_CURR % 2 = 1`);
      expect(odd.length).toBeGreaterThan(100);
      const values = new Set(odd.flatMap((row) => Object.values(row)));
      expect([...values].filter((value) => value !== null && (!Number.isFinite(value) || Math.abs(Number(value)) >= 300_000))).toEqual([]);
    }
    const { outputs } = await encodeBook(other);
    const values = (await readRows(outputs.unseen)).flatMap((row) => fitted.map((name) => row[name]));
    expect(values.filter((value) => value !== null && (!Number.isFinite(value) || value === UNKNOWN_DAY))).toEqual([]);
  },
  SLOW,
);
