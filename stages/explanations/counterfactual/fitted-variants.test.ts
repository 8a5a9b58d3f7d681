import process from 'node:process';
import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../../pipeline/index.ts';
import { FittedEncoder } from '../../encode/fitted-encoder.ts';
import { encodeBook, makeSmallBook, readRows } from '../../encode/testing/small-book.ts';
import { featuresOf, makeRawTables, type RawRows } from '../../features/testing/raw-tables.ts';
import { TABLE_NAMES } from '../../tables/table-names.ts';
import { FittedVariants } from './fitted-variants.ts';
import type { LoanTerms } from './loan-terms.ts';
import { prepareVariants, variantFeatures } from './variant-features.ts';

/** DuckDB plans and small models are trained; a busy machine takes minutes. */
const SLOW = 600_000;
type Rows = NonNullable<RawRows['bureau']>;
type FeatureRow = Parameters<FittedEncoder['of']>[1][number];
const KEYS: ReadonlySet<string> = new Set(['SK_ID_CURR', 'TARGET', 'part']);

test(
  'columns fitted on the book follow the loan as they would for a new application, bit for bit, and none that moves is left behind',
  async () => {
    const book = await makeSmallBook();
    const { outputs } = await encodeBook(book);
    const client = Number((await readRows(book.holdout))[4]?.['SK_ID_CURR']);
    const rows: Record<string, Rows> = {};
    const loans = `(select SK_ID_BUREAU from read_parquet('${book.bureau}') where SK_ID_CURR = ${client})`;
    for (const name of TABLE_NAMES)
      rows[name] = (await rowsWhere(book[name], name === 'bureau_balance' ? `SK_ID_BUREAU in ${loans}` : `SK_ID_CURR = ${client}`)) as Rows;
    const [form = {}] = rows['application_train'] ?? [];
    const terms = { credit: Number(form['AMT_CREDIT']) / 2, annuity: Number(form['AMT_ANNUITY']) / 3, goods: 1000 };
    const state = { stateDir: outputs.state, projectDir: process.cwd(), tempDir: tmpdir() };

    const whole = async (changed: LoanTerms | null): Promise<Readonly<Record<string, unknown>>> => {
      const other =
        changed === null ? form : { ...form, AMT_CREDIT: changed.credit, AMT_ANNUITY: changed.annuity, AMT_GOODS_PRICE: changed.goods };
      const given: RawRows = { ...rows, application_train: [other] };
      using db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir: tmpdir() });
      const own = (await featuresOf(db, given)).get(client) ?? {};
      using encoder = await FittedEncoder.open(state);
      // Rows of a feature table hold numbers, texts and nulls only.
      const [fitted = {}] = await encoder.of(given, [own as FeatureRow]);
      return { ...own, ...fitted };
    };
    const [before, after] = [await whole(null), await whole(terms)];
    const names = Object.keys(after).filter((name) => !KEYS.has(name));
    const moved = names.filter((name) => before[name] !== after[name]);
    expect(moved).toEqual(
      expect.arrayContaining(['neighbours_default_rate', 'predicted_payments', 'peers_region_credit_diff', 'loan_credit']),
    );

    using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
    await makeRawTables(db, rows);
    await prepareVariants(db);
    using fitted = await FittedVariants.open({ ...state, threads: 2, memoryMb: 512 });
    const changed = await variantFeatures({ db, fitted, tempDir: tmpdir() }, [{ client, terms, effort: 1 }], names);
    expect(moved.filter((name) => !changed.columns.includes(name))).toEqual([]);
    for (const [at, name] of changed.columns.entries()) {
      const value = changed.data[at] ?? Number.NaN;
      expect([name, Number.isNaN(value) ? null : value]).toEqual([name, after[name] ?? null]);
    }
  },
  SLOW,
);

async function rowsWhere(path: string, where: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: tmpdir() });
  return await db.all(`select * from read_parquet(${sqlString(path)}) where ${where} order by all`);
}
