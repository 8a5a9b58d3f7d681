import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { DuckDb, type FloatMatrix, openXgboost } from '../../../pipeline/index.ts';
import { buildFeatures } from '../../features/build-features.ts';
import { tableQuery } from '../../features/feature-queries.ts';
import { makeRandomBook } from '../../features/testing/random-book.ts';
import { boosterModel } from '../../scoring/model/xgboost-model.ts';
import { readFeatureMatrix } from '../../scoring/score-rows.ts';
import { counterfactualWords } from './counterfactual-words.ts';
import { type Counterfactual, findCounterfactuals, type Refused } from './find-counterfactuals.ts';
import type { LoanTerms } from './loan-terms.ts';
import type { PlausibleRanges } from './plausible-ranges.ts';
import { prepareVariants, variantFeatures } from './variant-features.ts';
import { variantGrid } from './variants.ts';

const open = (): Promise<DuckDb> => DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
/** Most of the time is DuckDB planning some 900 columns; a busy machine takes minutes. */
const SLOW = 600_000;

const anything: PlausibleRanges = {
  contract: '',
  applications: 1,
  credit: { lo: 0, hi: 1e12 },
  annuity: { lo: 0, hi: 1e12 },
  term: { lo: 0, hi: 1e12 },
  creditToGoods: { lo: 0, hi: 1e12 },
};

interface Book {
  readonly matrix: FloatMatrix;
  readonly clients: readonly { readonly client: number; readonly terms: LoanTerms }[];
}

/** All features of the hundred clients. @param change another loan for one of them, put into the raw table first */
async function wholeBook(change?: { readonly client: number; readonly terms: LoanTerms }): Promise<Book> {
  using db = await open();
  await makeRandomBook(db);
  if (change !== undefined) {
    const { credit, annuity, goods } = change.terms;
    await db.run(
      `update application_train set AMT_CREDIT = ${credit}, AMT_ANNUITY = ${annuity}, AMT_GOODS_PRICE = ${goods} where SK_ID_CURR = ${change.client}`,
    );
  }
  await buildFeatures(db);
  await db.run(`create temp table made as ${tableQuery}`);
  const columns = (await db.all<{ column_name: string }>('describe made')).map(({ column_name }) => column_name).slice(3);
  const matrix = await readFeatureMatrix(db, 'made', columns);
  const rows = await db.all<{ client: number; credit: number; annuity: number; goods: number }>(
    'select SK_ID_CURR as client, AMT_CREDIT as credit, AMT_ANNUITY as annuity, AMT_GOODS_PRICE as goods from application order by SK_ID_CURR',
  );
  return { matrix, clients: rows.map(({ client, ...terms }) => ({ client, terms })) };
}

test(
  'what is found is what the whole program and the model would say of that application, bit for bit; a wrong history is noticed',
  async () => {
    const { matrix, clients } = await wholeBook();
    const { columns, data } = matrix;
    const xgboost = openXgboost({ threads: 2 });
    // Large loans default here, so that some of the refused have recourse.
    const label = Float32Array.from(clients, ({ terms }) => Number(terms.credit > 3000));
    using rows = xgboost.matrix(matrix, { label });
    const booster = xgboost.booster({ objective: 'binary:logistic', eta: 0.3, max_depth: 3, seed: 1, colsample_bytree: 0.4 }, [rows]);
    for (let round = 0; round < 40; round++) booster.update(round, rows);
    using model = boosterModel(xgboost, booster);
    const score = (given: FloatMatrix): Float64Array => Float64Array.from(model.predict(given).probability);
    const own = score(matrix);
    const threshold = 0.4;
    const refused = clients.flatMap(({ client, terms }, row): Refused[] =>
      (own[row] ?? 0) >= threshold && terms.annuity !== null && terms.goods !== null && client <= 90
        ? [{ client, terms, ranges: anything, row: data.slice(row * columns.length, (row + 1) * columns.length) }]
        : [],
    );
    expect(refused.length).toBeGreaterThan(10);

    using db = await open();
    await makeRandomBook(db);
    await prepareVariants(db);
    const task = {
      features: columns,
      threshold,
      score,
      featuresOf: (variants: Parameters<typeof variantFeatures>[1]) =>
        variantFeatures({ db, fitted: null, tempDir: tmpdir() }, variants, columns),
    };
    const found = await findCounterfactuals({ ...task, refused });
    const turned = found.filter((one) => one.found !== null);
    expect(turned.length).toBeGreaterThan(1);
    expect(turned.length).toBeLessThan(found.length);
    expect(found[0]?.tried).toBeGreaterThan(100);

    const [checked] = turned;
    const terms = checked?.found?.terms ?? { credit: 0, annuity: 0, goods: 0 };
    const again = await wholeBook({ client: checked?.client ?? 0, terms });
    const at = again.clients.findIndex(({ client }) => client === checked?.client);
    const [probability] = score({ rows: 1, columns, data: again.matrix.data.slice(at * columns.length, (at + 1) * columns.length) });
    expect(probability).toBe(checked?.found?.calibrated);
    expect(probability).toBeLessThan(threshold);

    // Decided on other values than the raw rows give: refused, with the feature's name.
    const tampered = refused
      .slice(0, 1)
      .map((one) => ({ ...one, row: one.row.map((kept, at) => (columns[at] === 'loan_credit' ? kept + 1 : kept)) }));
    await expect(findCounterfactuals({ ...task, refused: tampered })).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('feature "loan_credit" is'),
    });
  },
  SLOW,
);

test(
  'every column that the loan moves is recomputed: a query that reads the form and is not on the list would show here',
  async () => {
    const before = await wholeBook();
    // Clients 1 and 2 have no history.
    const row = 2;
    const client = before.clients[row]?.client ?? 0;
    const terms = { credit: 12_345, annuity: 678, goods: 9_000 };
    const after = await wholeBook({ client, terms });
    const width = before.matrix.columns.length;
    const moved = before.matrix.columns.filter(
      (_, column) => !Object.is(before.matrix.data[row * width + column], after.matrix.data[row * width + column]),
    );
    expect(moved.length).toBeGreaterThan(20);
    using db = await open();
    await makeRandomBook(db);
    await prepareVariants(db);
    const changed = await variantFeatures({ db, fitted: null, tempDir: tmpdir() }, [{ client, terms, effort: 1 }], before.matrix.columns);
    expect(moved.filter((name) => !changed.columns.includes(name))).toEqual([]);
    for (const [at, name] of changed.columns.entries())
      expect([name, changed.data[at]]).toEqual([name, after.matrix.data[row * width + before.matrix.columns.indexOf(name)]]);
    expect(changed.columns.length).toBeLessThan(width / 2);
  },
  SLOW,
);

describe('variantGrid', () => {
  const asked = { client: 1, terms: { credit: 406_597.5, annuity: 24_700.5, goods: 351_000 }, ranges: anything };

  test('never asks for more, keeps what is not changed to the cent, and writes what is changed in three digits', () => {
    const variants = variantGrid(asked);
    expect(variants.length).toBeGreaterThan(200);
    for (const { terms, effort } of variants) {
      expect(effort).toBeGreaterThan(0);
      expect(terms.credit).toBeLessThanOrEqual(asked.terms.credit);
      expect(terms.goods ?? 0).toBeLessThanOrEqual(asked.terms.goods);
      for (const [field, value] of Object.entries(terms))
        expect([field, value === asked.terms[field as keyof LoanTerms] || Number(Number(value).toPrecision(3)) === value]).toEqual([
          field,
          true,
        ]);
    }
  });

  test('stays within what is usual, and tries nothing where nothing else is', () => {
    const tight = { ...anything, credit: { lo: 300_000, hi: 500_000 }, term: { lo: 15, hi: 20 } };
    const variants = variantGrid({ ...asked, ranges: tight });
    expect(variants.length).toBeGreaterThan(0);
    for (const { terms } of variants) {
      expect(terms.credit).toBeGreaterThanOrEqual(300_000);
      expect(terms.credit / (terms.annuity ?? 1)).toBeGreaterThanOrEqual(15);
      expect(terms.credit / (terms.annuity ?? 1)).toBeLessThanOrEqual(20);
    }
    const none = { ...anything, credit: { lo: 406_000, hi: 407_000 }, term: { lo: 16.4, hi: 16.5 }, annuity: { lo: 24_700, hi: 24_701 } };
    expect(variantGrid({ ...asked, ranges: none })).toEqual([]);
  });

  test('a form without instalment or price leaves them open', () => {
    const variants = variantGrid({ ...asked, terms: { credit: 1000, annuity: null, goods: null } });
    expect(new Set(variants.map(({ terms }) => `${terms.annuity} ${terms.goods}`))).toEqual(new Set(['null null']));
  });
});

describe('counterfactualWords', () => {
  const base: Counterfactual = {
    client: 1,
    asked: { credit: 406_597.5, annuity: 24_700.5, goods: 351_000 },
    calibrated: 0.12,
    tried: 200,
    found: { terms: { credit: 300_000, annuity: 18_200, goods: 351_000 }, effort: 0.3, calibrated: 0.08 },
    lowest: 0.07,
  };

  test('names what changes and what it was, in each language’s way of writing numbers', () => {
    expect(counterfactualWords(base)).toEqual({
      en: 'With a loan of 300,000 instead of 406,597.50 and an instalment of 18,200 instead of 24,700.50, and all else as it is, the application would have been accepted.',
      fr: 'Avec un prêt de 300\u202F000 au lieu de 406\u202F597,50 et une mensualité de 18\u202F200 au lieu de 24\u202F700,50, toutes choses égales par ailleurs, la demande aurait été acceptée.',
    });
  });

  test('says plainly that there is none', () => {
    expect(counterfactualWords({ ...base, found: null }).en).toBe(
      'No other amount, instalment or price within what is usual would have changed the decision.',
    );
  });
});
