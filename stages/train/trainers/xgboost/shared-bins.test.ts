import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { type FloatMatrix, openXgboost, xgboostPath } from '../../../../pipeline/index.ts';
import { createPrng } from '../../../metrics/prng.ts';
import { crossValidate } from '../../cross-validate.ts';
import { trainParams } from '../../params.ts';
import { wholeView } from '../../row-view.ts';
import { catalogueEntry } from '../../testing/catalogue-entry.ts';
import { BinsLender } from './shared-bins.ts';
import { openXgboostTrainer } from './trainer.ts';

const projectDir = process.cwd();
const installed = xgboostPath({ projectDir }) !== null;
const native = installed ? test : test.skip;
const COLUMNS = ['income', 'debt', 'noise'];
const options = { positiveWeight: 1, costs: { falseNegative: 10, falsePositive: 1 }, patience: 30, signal: new AbortController().signal };

function draw(rows: number): { readonly matrix: FloatMatrix; readonly label: Float32Array; readonly fold: Int8Array } {
  const prng = createPrng(8);
  const data = Float32Array.from({ length: rows * 3 }, () => prng.next());
  const label = Float32Array.from({ length: rows }, (_, row) =>
    Number((data[row * 3] ?? 0) - (data[row * 3 + 1] ?? 0) + 0.5 * prng.next() < 0),
  );
  return { matrix: { rows, columns: COLUMNS, data }, label, fold: Int8Array.from(label, (_, row) => row % 4) };
}

describe(`folds that share the bins of a large book${installed ? '' : ' (skipped: no libxgboost here; run make setup)'}`, () => {
  const book = draw(1200);
  const params = trainParams.parse({ rounds: 30, eta: 0.2, minChildWeight: 1, lambda: 1, colsample: 1 });
  const setup = { params, columns: COLUMNS.map((name) => catalogueEntry(name)), target: book.label, threads: 1, projectDir };
  const data = { features: book.matrix, target: book.label, fold: book.fold };
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  native('rank as those with bins of their own do, whatever the threads; weights count', async () => {
    const own = await crossValidate(openXgboostTrainer(setup), data, options);
    const shared = await crossValidate(openXgboostTrainer(setup, 1), data, options);
    const aucs = [own, shared].map(({ folds }) => mean(folds.map(({ auc }) => auc)));
    expect(aucs[0]).toBeGreaterThan(0.85);
    expect(Math.abs((aucs[0] ?? 0) - (aucs[1] ?? 0))).toBeLessThan(0.01);
    expect(shared.margin).not.toEqual(own.margin);
    expect((await crossValidate(openXgboostTrainer({ ...setup, threads: 2 }, 1), data, options)).margin).toEqual(shared.margin);
    const heavy = await crossValidate(openXgboostTrainer(setup, 1), data, { ...options, positiveWeight: 3 });
    expect(mean([...heavy.probability])).toBeGreaterThan(mean([...shared.probability]) + 0.05);
  });

  native('a fold learns nothing from the labels of its own rows', async () => {
    const other = book.label.map((value, row) => (book.fold[row] === 2 ? 1 - value : value));
    const margins = [];
    for (const target of [book.label, other]) {
      const trainer = openXgboostTrainer(setup, 1);
      const [inside, outside] = [2, -1].map((fold) => wholeView(book.matrix).rows.filter((row) => (book.fold[row] === 2) === (fold === 2)));
      const train = { matrix: book.matrix, rows: outside ?? new Uint32Array() };
      const label = Float32Array.from(train.rows, (row) => target[row] ?? 0);
      using learner = await trainer.start({ ...train, label, weight: null }, { matrix: book.matrix, rows: inside ?? new Uint32Array() });
      for (let round = 1; round <= 5; round++) await learner.train(round);
      margins.push(learner.validMargin());
      expect(learner.trainMargin()).toHaveLength(900);
    }
    expect(margins[0]).toEqual(margins[1]);
  });

  native('one set is lent to all and freed with the last; a small book, or rows that are not the whole of it, get none', () => {
    const xgb = openXgboost({ threads: 1, projectDir });
    const lender = new BinsLender(xgb, 1);
    const view = (keep: (row: number) => boolean) => ({ matrix: book.matrix, rows: wholeView(book.matrix).rows.filter(keep) });
    const rows = (fold: number) => {
      const train = view((row) => book.fold[row] !== fold);
      const label = Float32Array.from(train.rows, (row) => book.label[row] ?? 0);
      return { train: { ...train, label, weight: null }, valid: view((row) => book.fold[row] === fold), categorical: new Set<string>() };
    };
    const [first, second] = [lender.lend(rows(0), 64), lender.lend(rows(1), 64)];
    expect(first?.matrix).toBe(second?.matrix);
    first?.free();
    expect(second?.matrix.handle).not.toBeNull();
    second?.free();
    expect(() => second?.matrix.handle).toThrow('has been freed');
    const again = lender.lend(rows(2), 64);
    expect(again?.matrix).not.toBe(second?.matrix);
    again?.free();
    expect(lender.lend({ ...rows(0), valid: null }, 64)).toBeNull();
    expect(lender.lend({ ...rows(0), valid: rows(1).valid }, 64)).toBeNull();
    expect(new BinsLender(xgb).lend(rows(0), 64)).toBeNull();
  });
});
