import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FloatMatrix } from '../../../../pipeline/index.ts';
import { createPrng } from '../../../metrics/prng.ts';
import type { FittedModel } from '../../../scoring/model/fitted-model.ts';
import { loadFittedModel } from '../../../scoring/model/load-fitted-model.ts';
import { wholeView } from '../../row-view.ts';
import { catalogueEntry } from '../../testing/catalogue-entry.ts';
import type { LabelledRows, Trainer } from '../trainer.ts';
import { fitLogistic } from './fit-logistic.ts';
import { logisticParams } from './params.ts';
import { standardTerms } from './standard-terms.ts';
import { termDesign } from './term-design.ts';
import { openLogisticTrainer } from './trainer.ts';

const UNKNOWN = Number.NaN;

/** 80 rows; b and d are unknown in the same rows and say nearly the same. */
function book(): LabelledRows & { readonly weights: Float32Array } {
  const prng = createPrng(11);
  const [values, label, weights]: [number[], number[], number[]] = [[], [], []];
  for (let row = 0; row < 80; row++) {
    const a = Math.fround(prng.next() * 4 - 2);
    const b = prng.next() < 0.25 ? UNKNOWN : Math.fround(prng.next() * 100);
    const c = Math.fround(prng.next() * prng.next() * 1000);
    const d = Number.isNaN(b) ? UNKNOWN : Math.fround(b * 2 + prng.next() * 30);
    const margin = a - (Number.isNaN(b) ? 0.8 : b * 0.02) + 0.3;
    label.push(prng.next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0);
    weights.push(0.5 + prng.next());
    values.push(a, b, c, d);
  }
  const matrix = { rows: 80, columns: ['a', 'b', 'c', 'd'], data: Float32Array.from(values) };
  return { ...wholeView(matrix), label: Float32Array.from(label), weight: null, weights: Float32Array.from(weights) };
}

const STANDARD = { clip: 1000, missingIndicators: true };

/** scikit-learn 1.9.1: StandardScaler, unknown as 0, an indicator, LogisticRegression(solver="newton-cholesky", tol=1e-14). */
const SKLEARN = [
  {
    name: 'C=0.5',
    l2: 2,
    weighted: false,
    weights: [0.8178116028183404, -0.49242230586094893, 0.10666863253305042, -0.05131975003604822, 0.223226669627276, -0.5574497950687453],
  },
  {
    name: 'C=0.5, weighted',
    l2: 2,
    weighted: true,
    weights: [0.8049250785249191, -0.46795802354474386, 0.0874103721094357, -0.10453073033951682, 0.22393438731486104, -0.5190292046282837],
  },
  {
    name: 'no penalty',
    l2: 0,
    weighted: false,
    weights: [1.1174060310812581, -5.3607563592699785, 0.0030813084834384985, 4.6444093753480695, 0.27126003415935385, -0.655933698278725],
  },
  {
    name: 'no penalty, weighted',
    l2: 0,
    weighted: true,
    weights: [1.0319005485114559, -3.987436981077998, 0.021353691910554837, 3.252626624158919, 0.26745193706982645, -0.575787320449564],
  },
] as const;

describe('fitLogistic', () => {
  test.each(SKLEARN)('finds the coefficients that scikit-learn finds: $name', ({ l2, weighted, weights }) => {
    const rows = book();
    const design = termDesign(standardTerms(rows, STANDARD), rows);
    const fit = fitLogistic(design, rows.label, { l2, l1: 0, weight: weighted ? rows.weights : null });
    expect(fit.converged).toBe(true);
    weights.forEach((expected, at) => expect(Math.abs((fit.weights[at] ?? UNKNOWN) - expected)).toBeLessThan(1e-6));
  });

  test.each([
    { share: 0.5, weights: [0.6838830018836339, -0.3606775780510966, 0, 0, 0.10677206874880298, -0.5170043812048623] },
    { share: 1, weights: [0.6354422438375866, -0.24696262294994903, 0, 0, 0.005479483388324751, -0.502399381294736] },
  ])('leaves out the columns that scikit-learn (saga, C=0.25) leaves out: l1_ratio=$share', ({ share, weights }) => {
    const rows = book();
    const design = termDesign(standardTerms(rows, STANDARD), rows);
    const fit = fitLogistic(design, rows.label, { l2: 4 * (1 - share), l1: 4 * share, weight: null });
    weights.forEach((expected, at) => expect(Math.abs((fit.weights[at] ?? UNKNOWN) - expected)).toBeLessThan(1e-6));
    expect([fit.weights[2], fit.weights[3]]).toEqual([0, 0]);
  });

  test('with nothing to go by, gives everybody the base rate', () => {
    const { weights } = fitLogistic({ rows: 4, width: 0, data: new Float32Array() }, [0, 0, 1, 0], { l2: 1, l1: 0, weight: null });
    expect(weights).toEqual(Float64Array.of(Math.log(1 / 3)));
  });

  test('a whole weight is as good as so many rows', () => {
    const once = fitLogistic({ rows: 3, width: 1, data: Float32Array.of(1, 2, 4) }, [0, 1, 0], { l2: 1, l1: 0, weight: [1, 3, 2] });
    const data = Float32Array.of(1, 2, 2, 2, 4, 4);
    const often = fitLogistic({ rows: 6, width: 1, data }, [0, 1, 1, 1, 0, 0], { l2: 1, l1: 0, weight: null });
    expect(once.weights[0]).toBeCloseTo(often.weights[0] ?? UNKNOWN, 7);
    expect(once.weights[1]).toBeCloseTo(often.weights[1] ?? UNKNOWN, 7);
  });
});

describe('standardTerms', () => {
  test('has the means and deviations of the known values, and one indicator for columns unknown in the same rows', () => {
    const terms = standardTerms(book(), STANDARD);
    const mean = [-0.05109264673665166, 52.50098782970059, 289.38392531871796, 121.72414961168843];
    const deviation = [1.0383095913606926, 29.756678775073237, 211.74776721643465, 59.04096623302633];
    expect(terms).toHaveLength(5);
    mean.forEach((expected, at) => expect(terms[at]).toMatchObject({ kind: 'standard', mean: expect.closeTo(expected, 9) }));
    deviation.forEach((expected, at) => expect(terms[at]).toMatchObject({ deviation: expect.closeTo(expected, 9) }));
    expect(terms[4]).toMatchObject({ kind: 'missing', feature: 1 });
  });

  test('makes no input of a constant or an unknown column, and refuses an infinite value by the column’s name', () => {
    const data = Float32Array.of(7, UNKNOWN, 1, 7, UNKNOWN, 2, 7, UNKNOWN, UNKNOWN);
    const matrix = { rows: 3, columns: ['same', 'none', 'some'], data };
    expect(standardTerms(wholeView(matrix), STANDARD).map(({ kind, feature }) => [kind, feature])).toEqual([
      ['standard', 2],
      ['missing', 2],
    ]);
    const endless = { rows: 2, columns: ['fine', 'ratio'], data: Float32Array.of(1, 2, 3, Number.POSITIVE_INFINITY) };
    expect(() => standardTerms(wholeView(endless), STANDARD)).toThrow(/feature ratio has an infinite value/);
  });
});

describe('the logistic trainer', () => {
  test.each(['standardised', 'woe'] as const)(
    'on %s inputs saves a model that predicts as it did, to the bit, and explains itself',
    async (inputs) => {
      const rows = book();
      const { bytes, margin } = await train(open({ inputs }), rows);
      expect((await train(open({ inputs }), rows)).bytes).toEqual(bytes);
      using model = await load(bytes, rows.matrix.columns);
      expect(model.predict(rows.matrix).margin).toEqual(margin);
      expect(new Set(margin).size).toBeGreaterThan(3);
      expectAdditive(model, rows.matrix);
    },
  );

  test('takes values that training never saw', async () => {
    const rows = book();
    using model = await load((await train(open({ inputs: 'standardised' }), rows)).bytes, rows.matrix.columns);
    const far = {
      ...rows.matrix,
      rows: 3,
      data: Float32Array.of(1e30, -1e30, 0, 0, Number.POSITIVE_INFINITY, UNKNOWN, 0, 0, 1e20, -1e20, 0, 0),
    };
    const { margin } = model.predict(far);
    expect(margin.every(Number.isFinite)).toBe(true);
    expect(margin[2]).toBe(margin[0]); // both as far out as a value counts
  });

  test('two rows are enough', async () => {
    const matrix = { rows: 2, columns: ['x'], data: Float32Array.of(1, 2) };
    const { margin } = await train(open({}), { ...wholeView(matrix), label: Float32Array.of(0, 1), weight: null });
    expect(margin[0]).toBeLessThan(0);
    expect(margin[1]).toBeGreaterThan(0);
  });

  test('a file that was cut, or a number of it changed, is refused', async () => {
    const rows = book();
    const { bytes } = await train(open({}), rows);
    const { columns } = rows.matrix;
    await expect(load(bytes.subarray(0, bytes.length - 9), columns)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    const text = new TextDecoder().decode(bytes);
    const changed = new TextEncoder().encode(text.replace(/"intercept":(-?)\d/, '"intercept":$17'));
    await expect(load(changed, columns)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('sha256') });
  });
});

function open(logistic: Readonly<Record<string, unknown>>): Trainer {
  const params = { logistic: logisticParams.parse(logistic) };
  return openLogisticTrainer({ params, columns: ['a', 'b', 'c', 'd'].map((name) => catalogueEntry(name)) });
}

async function train(trainer: Trainer, rows: LabelledRows): Promise<{ bytes: Uint8Array; margin: Float32Array }> {
  using learner = await trainer.start(rows, rows);
  for (let round = 1; round <= 3; round++) await learner.train(round);
  return { bytes: learner.save(), margin: learner.valid().margin };
}

async function load(bytes: Uint8Array, features: readonly string[]): Promise<FittedModel> {
  const path = join(await mkdtemp(join(tmpdir(), 'logistic-')), 'model.json');
  await writeFile(path, bytes);
  return loadFittedModel(path, { summary: { format: 'logistic-json', features }, threads: 1, projectDir: '.' });
}

function expectAdditive(model: FittedModel, matrix: FloatMatrix): void {
  const { explainer } = model;
  if (explainer.kind !== 'exact') throw new Error('a linear model has exact contributions');
  const [contributions, { margin }] = [explainer.contributions(matrix), model.predict(matrix)];
  const width = matrix.columns.length + 1;
  for (let row = 0; row < matrix.rows; row++) {
    const sum = contributions.subarray(row * width, (row + 1) * width).reduce((total, value) => total + value, 0);
    expect(Math.abs(sum - (margin[row] ?? UNKNOWN))).toBeLessThan(1e-5);
  }
}
