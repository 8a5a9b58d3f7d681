import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { type FloatMatrix, isSluiceError, lightgbmPath, wholeView, xgboostPath } from '../../../pipeline/index.ts';
import type { CatalogueEntry } from '../../features/catalogue.ts';
import { auc } from '../../metrics/auc.ts';
import { createPrng } from '../../metrics/prng.ts';
import { shuffledRows } from '../../metrics/shuffled-rows.ts';
import type { FittedModel } from '../../scoring/model/fitted-model.ts';
import { loadFittedModel } from '../../scoring/model/load-fitted-model.ts';
import { crossValidate } from '../cross-validate.ts';
import { TAKE_CATEGORIES, trainParams, TRAINERS } from '../params.ts';
import { copyRows } from '../row-view.ts';
import { selectValues } from '../select-values.ts';
import { catalogueEntry } from '../testing/catalogue-entry.ts';
import { openTrainer } from './open-trainer.ts';
import type { LabelledRows, Trainer } from './trainer.ts';

/** What every trainer promises, whatever it is made of. */

const COLUMNS = ['income', 'debt', 'age ratio', 'noise', 'same', 'empty'];
const projectDir = process.cwd();
const missing: Readonly<Record<string, boolean>> = {
  xgboost: xgboostPath({ projectDir }) === null,
  forest: xgboostPath({ projectDir }) === null,
  lightgbm: lightgbmPath({ projectDir }) === null,
};
/** Small and quick; every trainer reads its own. */
const params = {
  rounds: 20,
  patience: 20,
  eta: 0.2,
  minChildWeight: 1,
  lambda: 1,
  colsample: 1,
  lightgbm: { learningRate: 0.2, minDataInLeaf: 5, lambda: 1, colsample: 1 },
  forest: { trees: 30, maxDepth: 5, minChildWeight: 1, colsample: 0.5 },
  portable: { rounds: 20, minChildWeight: 1 },
  mlp: { hidden: [8], epochs: 12, batch: 64, learningRate: 0.02, penalty: 1 },
};

interface Rows {
  readonly matrix: FloatMatrix;
  readonly label: Float32Array;
}

/** Log-odds of default −1 − 2·income + 2·debt; "same" is constant, "empty" unknown, a tenth of the debts missing. */
function draw(rows: number, seed: number): Rows {
  const prng = createPrng(seed);
  const data = new Float32Array(rows * COLUMNS.length);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [income, debt, ratio, noise] = [prng.next(), prng.next(), prng.next(), prng.next()].map((value) => value * 4 - 2);
    data.set([income ?? 0, row % 10 === 0 ? Number.NaN : (debt ?? 0), ratio ?? 0, noise ?? 0, 7, Number.NaN], row * COLUMNS.length);
    label[row] = prng.next() < 1 / (1 + Math.exp(1 + 2 * (income ?? 0) - 2 * (debt ?? 0))) ? 1 : 0;
  }
  return { matrix: { rows, columns: COLUMNS, data }, label };
}

const entry = (name: string): CatalogueEntry =>
  catalogueEntry(name, { direction: name === 'income' ? 'lowers' : name === 'debt' ? 'raises' : 'unknown' });

function open(trainer: (typeof TRAINERS)[number], { label }: Pick<Rows, 'label'>, more: object = {}, threads = 1): Promise<Trainer> {
  const own = trainParams.parse({ ...params, trainer, ...more });
  return Promise.resolve(openTrainer({ params: own, columns: COLUMNS.map(entry), target: label, threads, projectDir }));
}

const all = ({ matrix, label }: Rows, weight: Float32Array | null = null): LabelledRows => ({ ...wholeView(matrix), label, weight });

async function fit(trainer: Trainer, rows: LabelledRows): Promise<Uint8Array> {
  using learner = await trainer.start(rows, null);
  for (let round = 1; round <= trainer.maxRounds; round++) await learner.train(round);
  return learner.save();
}

async function load(trainer: Trainer, bytes: Uint8Array, sha256?: string): Promise<FittedModel> {
  const path = join(await mkdtemp(join(tmpdir(), 'sluice-trainer-')), 'model');
  await writeFile(path, bytes);
  const summary = { format: trainer.format, features: COLUMNS };
  return loadFittedModel(path, { summary, threads: 1, projectDir, ...(sha256 === undefined ? {} : { sha256 }) });
}

const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;
const book = draw(800, 1);
const fold = Int8Array.from({ length: 800 }, (_, row) => row % 4);
const options = { positiveWeight: 1, costs: { falseNegative: 10, falsePositive: 1 }, patience: 20, signal: new AbortController().signal };

for (const name of TRAINERS)
  describe(`${name}${missing[name] === true ? ' (skipped: its library is not here; run make setup)' : ''}`, () => {
    const native = missing[name] === true ? test.skip : test;
    const learns = name !== 'dummy';

    native('gives the same bytes for the same seed, on one thread and on two', async () => {
      const one = await fit(await open(name, book), all(book));
      expect(same(one, await fit(await open(name, book), all(book)))).toBe(true);
      expect(same(one, await fit(await open(name, book, {}, 2), all(book)))).toBe(true);
    });

    native('saves the model that it validated: loaded back it predicts the same, and explains itself exactly or says why not', async () => {
      const trainer = await open(name, book);
      const valid = { matrix: book.matrix, rows: Uint32Array.from({ length: 200 }, (_, at) => at * 4) };
      const rows = { matrix: book.matrix, rows: Uint32Array.from({ length: 600 }, (_, at) => at + Math.floor(at / 3) + 1) };
      using learner = await trainer.start(
        { ...rows, label: Float32Array.from(rows.rows, (row) => book.label[row] ?? 0), weight: null },
        valid,
      );
      for (let round = 1; round <= Math.min(5, trainer.maxRounds); round++) await learner.train(round);
      const followed = learner.validMargin();
      const { margin, probability } = learner.valid();
      expect(gap(followed, margin)).toBeLessThan(1e-6);
      expect(learner.trainMargin()).toHaveLength(600);
      using model = await load(trainer, learner.save());
      const again = model.predict(copyRows(valid));
      expect(again.margin).toEqual(margin);
      expect(gap(again.probability, probability)).toBeLessThan(1e-7);
      if (model.probability !== undefined) expect(model.probability(copyRows(valid))).toEqual(again.probability);
      expect(
        gap(
          probability,
          margin.map((value) => 1 / (1 + Math.exp(-value))),
        ),
      ).toBeLessThan(1e-6);
      if (model.explainer.kind === 'none') {
        expect(model.explainer.reason).toMatch(/\w+ \w+/);
        return;
      }
      const [width, parts] = [COLUMNS.length + 1, model.explainer.contributions(copyRows(valid))];
      const sums = margin.map((_, row) => parts.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0));
      expect(gap(sums, margin)).toBeLessThan(1e-4);
      // A constant column and an unknown one explain nothing.
      expect(margin.every((_, row) => parts[row * width + 4] === 0 && parts[row * width + 5] === 0)).toBe(true);
    });

    native('finds what is there, and nothing in shuffled labels', async () => {
      const found = await crossValidate(await open(name, book), { features: book.matrix, target: book.label, fold }, options);
      if (learns) expect(auc(book.label, found.margin)).toBeGreaterThan(0.85);
      const shuffled = selectValues(book.label, shuffledRows(book.label.length, createPrng(9)));
      const nothing = await crossValidate(await open(name, book), { features: book.matrix, target: shuffled, fold }, options);
      // Of folds, since pooled ranks also see that a fold with more defaults was trained on fewer. Standard error of an AUC of 0.5 with 280 defaults and 520 others: 0.021.
      const mean = nothing.folds.reduce((sum, one) => sum + one.auc, 0) / nothing.folds.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.065);
    });

    native('heeds weights: defaults that count threefold raise the odds', async () => {
      const weight = book.label.map((value) => (value === 1 ? 3 : 1));
      const trainer = await open(name, book);
      using plain = await load(trainer, await fit(trainer, all(book)));
      using heavy = await load(trainer, await fit(trainer, all(book, weight)));
      const mean = (model: FittedModel): number => average(model.predict(book.matrix).probability);
      expect(mean(heavy)).toBeGreaterThan(mean(plain) + 0.05);
    });

    native('gives rows that are alike one and the same answer, and keeps the order of their rates', async () => {
      const [kinds, rates] = [
        [-1.5, 0, 1.5],
        [0.1, 0.4, 0.8],
      ];
      const data = Float32Array.from({ length: 600 }, (_, row) => row).reduce(
        (values, row) => {
          values.set([0, kinds[row % 3] ?? 0, 0, 0, 7, Number.NaN], row * COLUMNS.length);
          return values;
        },
        new Float32Array(600 * COLUMNS.length),
      );
      const label = Float32Array.from({ length: 600 }, (_, row) => Number((Math.floor(row / 3) % 10) / 10 < (rates[row % 3] ?? 0)));
      const tied = { matrix: { rows: 600, columns: COLUMNS, data }, label };
      const trainer = await open(name, tied);
      using model = await load(trainer, await fit(trainer, all(tied)));
      const { probability } = model.predict(tied.matrix);
      const groups = [0, 1, 2].map((kind) => new Set(probability.filter((_, row) => row % 3 === kind)));
      expect(groups.map(({ size }) => size)).toEqual([1, 1, 1]);
      const [low = 0, middle = 0, high = 0] = groups.flatMap((group) => [...group]);
      if (learns) expect([low < middle, middle < high]).toEqual([true, true]);
      else expect([low, high]).toEqual([middle, middle]);
    });

    native('takes two rows, and rows of one class, or says why not', async () => {
      for (const labels of [
        [0, 1],
        [0, 0],
        [1, 1],
      ]) {
        const few = {
          matrix: { rows: 2, columns: COLUMNS, data: book.matrix.data.slice(0, 2 * COLUMNS.length) },
          label: Float32Array.from(labels),
        };
        const outcome = await attempt(name, few);
        if (outcome instanceof Error) expect(isSluiceError(outcome)).toBe(true);
        else expect([...outcome].every(Number.isFinite)).toBe(true);
      }
    });

    native('refuses a file that was cut off, or is not the one expected', async () => {
      const trainer = await open(name, book);
      const bytes = await fit(trainer, all(book));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      (await load(trainer, bytes, sha256))[Symbol.dispose]();
      for (const share of [0, 0.1, 0.5, 0.9]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * share));
        await expect(load(trainer, cut)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', hint: expect.stringContaining('sluice run') });
      }
      const flipped = Uint8Array.from(bytes);
      flipped[Math.floor(bytes.length / 2)] = (flipped[Math.floor(bytes.length / 2)] ?? 0) ^ 4;
      await expect(load(trainer, flipped, sha256)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    });

    native('refuses columns of another order', async () => {
      const trainer = await open(name, book);
      using model = await load(trainer, await fit(trainer, all(book)));
      expect(() => model.predict({ ...book.matrix, columns: COLUMNS.toReversed() })).toThrow(/feature 1 of the model is "income"/);
    });
  });

describe.each(['xgboost', 'lightgbm', 'forest'] as const)('monotone constraints of %s', (name) => {
  const native = missing[name] === true ? test.skip : test;
  native('let a feature move the risk its own way only', async () => {
    // Debt raises the risk up to 0 and lowers it beyond: against its direction.
    const bent = {
      matrix: book.matrix,
      label: book.label.map((_, row) => (Math.abs(book.matrix.data[row * COLUMNS.length + 1] ?? 0) < 1 ? 1 : 0)),
    };
    const falls = async (monotone: boolean): Promise<number> => {
      const trainer = await open(name, bent, { monotone });
      using model = await load(trainer, await fit(trainer, all(bent)));
      const grid = Array.from({ length: 81 }, (_, at) => at / 20 - 2);
      const data = Float32Array.from(grid.flatMap((debt) => [0.3, debt, 0, 0, 7, Number.NaN]));
      const { margin } = model.predict({ rows: grid.length, columns: COLUMNS, data });
      return margin.filter((value, at) => at > 0 && value < (margin[at - 1] ?? 0) - 1e-6).length;
    };
    expect(await falls(false)).toBeGreaterThan(0);
    expect(await falls(true)).toBe(0);
  });
});

describe.each([...TAKE_CATEGORIES])('a column of categories of %s', (name) => {
  const native = missing[name] === true ? test.skip : test;
  const [levels, risks] = [
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
    [0.05, 0.9, 0.1, 0.8, 0.1, 0.9, 0.05, 0.85],
  ];
  const prng = createPrng(5);
  const kinds = Array.from({ length: 1600 }, () => prng.below(8));
  const rows: Rows = {
    matrix: { rows: 1600, columns: ['kind'], data: Float32Array.from(kinds) },
    label: Float32Array.from(kinds, (kind) => Number(prng.next() < (risks[kind] ?? 0))),
  };
  const openWith = async (entries: readonly CatalogueEntry[], threads = 1): Promise<Trainer> =>
    openTrainer({
      params: trainParams.parse({
        ...params,
        trainer: name,
        minLevelRows: 1,
        maxDepth: 1,
        forest: { ...params.forest, maxDepth: 1 },
        lightgbm: { ...params.lightgbm, numLeaves: 2 },
      }),
      columns: entries,
      target: rows.label,
      threads,
      projectDir,
    });

  native('is split by sets of them: one split a tree finds what the order of the codes hides; a new one is as an unknown one', async () => {
    const trainer = await openWith([catalogueEntry('kind', { levels })]);
    const bytes = await fit(trainer, all(rows));
    expect(same(bytes, await fit(await openWith([catalogueEntry('kind', { levels })], 2), all(rows)))).toBe(true);
    const path = join(await mkdtemp(join(tmpdir(), 'sluice-trainer-')), 'model');
    await writeFile(path, bytes);
    const categories = { kind: levels.map((level, at) => ({ level, rows: 200, known: at < 7 })) };
    const summary = { format: trainer.format, features: ['kind'], categories };
    using model = await loadFittedModel(path, { summary, threads: 1, projectDir });
    const codes = Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 400, -1, 2.5, Number.NaN);
    const asked = { rows: codes.length, columns: ['kind'], data: codes };
    const { margin } = model.predict(asked);
    expect(Math.min(margin[1] ?? 0, margin[3] ?? 0, margin[5] ?? 0)).toBeGreaterThan(
      Math.max(margin[0] ?? 0, margin[2] ?? 0, margin[4] ?? 0, margin[6] ?? 0) + 0.5,
    );
    expect(new Set(margin.slice(7))).toEqual(new Set([margin[12]]));
    if (model.explainer.kind === 'none') throw new Error(model.explainer.reason);
    const parts = model.explainer.contributions(asked);
    expect(
      gap(
        margin,
        margin.map((_, row) => (parts[row * 2] ?? 0) + (parts[row * 2 + 1] ?? 0)),
      ),
    ).toBeLessThan(1e-5);
    const ordered = await openWith([catalogueEntry('kind')]);
    expect(same(bytes, await fit(ordered, all(rows)))).toBe(false);
  });

  native('goes through cross-validation with rows of a fold that hold a category of their own', async () => {
    const alone = { ...rows.matrix, data: rows.matrix.data.slice() };
    alone.data[2] = 11;
    const folds = Int8Array.from({ length: 1600 }, (_, row) => row % 4);
    const cv = await crossValidate(
      await openWith([catalogueEntry('kind', { levels })]),
      { features: alone, target: rows.label, fold: folds },
      options,
    );
    expect(cv.folds.every(({ auc: found }) => found > 0.8)).toBe(true);
  });
});

test('the portable trainer says from which size on it is not the one to take', async () => {
  const columns = Array.from({ length: 1300 }, (_, at) => `c${at}`);
  const large = { matrix: { rows: 800, columns, data: new Float32Array(800 * 1300) }, label: book.label };
  const trainer = await open('portable', large);
  await expect((async () => trainer.start(all(large), null))()).rejects.toMatchObject({
    code: 'DATA_TOO_LARGE',
    message: expect.stringContaining('800 rows × 1300 columns are 1,040,000'),
  });
});

async function attempt(name: (typeof TRAINERS)[number], rows: Rows): Promise<Float32Array | Error> {
  try {
    const trainer = await open(name, rows);
    using model = await load(trainer, await fit(trainer, all(rows)));
    return model.predict(rows.matrix).margin;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function gap(left: ArrayLike<number>, right: ArrayLike<number>): number {
  return Math.max(...Array.from(left, (value, at) => Math.abs(value - (right[at] ?? Number.NaN))));
}

function average(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
