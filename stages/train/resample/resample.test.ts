import { describe, expect, test } from '@jest/globals';
import { createPrng } from '../../metrics/prng.ts';
import { crossValidate } from '../cross-validate.ts';
import { wholeView } from '../row-view.ts';
import { openDummyTrainer } from '../trainers/dummy/trainer.ts';
import type { LabelledRows } from '../trainers/trainer.ts';
import { trainingRows } from '../training-rows.ts';
import { nearest } from './nearest.ts';
import { resampleRows } from './resample-rows.ts';
import { smote } from './smote.ts';

const UNKNOWN = Number.NaN;
const COLUMNS = ['x', 'y', 'same'];

/** 200 rows of which 20 defaulted; y is unknown for some. */
function book(): LabelledRows {
  const prng = createPrng(4);
  const [values, label]: [number[], number[]] = [[], []];
  for (let row = 0; row < 200; row++) {
    label.push(row % 10 === 0 ? 1 : 0);
    values.push(row + prng.next(), row % 7 === 0 ? UNKNOWN : prng.next() * 100, 5);
  }
  return { ...wholeView({ rows: 200, columns: COLUMNS, data: Float32Array.from(values) }), label: Float32Array.from(label), weight: null };
}

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

describe('undersampling', () => {
  const options = { resample: 'undersample', resampleShare: 0.25, seed: 1 } as const;

  test('keeps every default, and so many repaid loans that the share is as asked', () => {
    const { rows, oddsFactor } = resampleRows(book(), options);
    expect([rows.label.length, sum(rows.label)]).toEqual([80, 20]);
    expect(new Set(rows.rows).size).toBe(80);
    expect([...rows.rows]).toEqual([...rows.rows].toSorted((a, b) => a - b));
    // Of 180 repaid loans 60 are left: the odds of default are three times what they were.
    expect(oddsFactor).toBeCloseTo(3, 12);
    expect(resampleRows(book(), options).rows.rows).toEqual(rows.rows);
    expect(resampleRows(book(), { ...options, seed: 2 }).rows.rows).not.toEqual(rows.rows);
  });

  test('the correction gives the book’s rate back: true odds are the model’s odds over the factor', () => {
    const { rows, oddsFactor } = resampleRows(book(), options);
    const rate = sum(rows.label) / rows.label.length;
    const margin = Math.log(rate / (1 - rate)) - Math.log(oddsFactor);
    expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(20 / 200, 12);
  });

  test('leaves rows alone whose share is that large already', () => {
    const rows = book();
    expect(resampleRows(rows, { ...options, resampleShare: 0.05 })).toEqual({ rows, oddsFactor: 1 });
  });
});

describe('SMOTE', () => {
  const options = { resample: 'smote', resampleShare: 0.25, seed: 1 } as const;

  test('adds made-up defaults behind the rows that were there, each on the line from a default to one of its nearest', () => {
    const before = book();
    const { rows, oddsFactor } = resampleRows(before, options);
    expect([rows.label.length, sum(rows.label)]).toEqual([240, 60]);
    expect(oddsFactor).toBeCloseTo(3, 12);
    const { data } = rows.matrix;
    expect(data.subarray(0, 600)).toEqual(before.matrix.data);
    const at = (row: number, column: number): number => data[row * 3 + column] ?? UNKNOWN;
    const defaults = Array.from({ length: 20 }, (_, index) => index * 10);
    for (let row = 200; row < 240; row++) {
      expect(rows.label[row]).toBe(1);
      expect(at(row, 2)).toBe(5);
      const between = defaults.some((from) =>
        defaults.some((to) => {
          if (from === to) return false;
          const part = (at(row, 0) - at(from, 0)) / (at(to, 0) - at(from, 0));
          if (!(part >= -1e-4 && part <= 1 + 1e-4)) return false;
          if (Number.isNaN(at(from, 1))) return Number.isNaN(at(row, 1));
          const y = Number.isNaN(at(to, 1)) ? at(from, 1) : at(from, 1) + part * (at(to, 1) - at(from, 1));
          return Math.abs(y - at(row, 1)) < 1e-2;
        }),
      );
      expect(between).toBe(true);
    }
    expect(resampleRows(before, options).rows.matrix.data).toEqual(data);
    expect(resampleRows(before, { ...options, seed: 2 }).rows.matrix.data).not.toEqual(data);
  });

  test('makes up no category: it is that of the default begun from, and near is what is near without it', () => {
    // Categories far apart in number: they would decide who is near.
    const data = Float32Array.of(0, 0, 1, 900, 2, 0, 50, 1, 51, 900, 52, 1, ...Array.from({ length: 24 }, () => 9));
    const label = Float32Array.from({ length: 18 }, (_, row) => (row < 6 ? 1 : 0));
    const rows = { ...wholeView({ rows: 18, columns: ['size', 'kind'], data }), label, weight: null };
    const { matrix } = smote(rows, { share: 0.6, seed: 3, categorical: new Set(['kind']) });
    for (let row = 18; row < matrix.rows; row++) expect([0, 1, 900]).toContain(matrix.data[row * 2 + 1]);
    const plain = smote(rows, { share: 0.6, seed: 3, categorical: new Set() });
    expect([...plain.matrix.data].some((value, at) => at % 2 === 1 && ![0, 1, 9, 900].includes(value))).toBe(true);
  });

  test('needs two defaults, and refuses so many that the pairs would take hours', () => {
    const lonely = {
      ...wholeView({ rows: 3, columns: ['x'], data: Float32Array.of(1, 2, 3) }),
      label: Float32Array.of(1, 0, 0),
      weight: null,
    };
    expect(() => resampleRows(lonely, { ...options, resampleShare: 0.5 })).toThrow(/two defaults/);
    const wide = Array.from({ length: 9 }, (_, at) => `x${at}`);
    const broad = { rows: 100_000, columns: wide, data: new Float32Array(900_000) };
    const many = { ...wholeView(broad), label: new Float32Array(100_000).fill(1, 0, 90_000), weight: null };
    expect(() => resampleRows(many, { ...options, resampleShare: 0.95 })).toThrow(/compares 90000 defaults/);
  });
});

describe('nearest', () => {
  test('gives the nearest first, and of equally near ones the first row', () => {
    const data = Float32Array.of(0, 1, 3, -1, 10);
    expect(nearest({ rows: 5, width: 1, data }, 2)).toEqual([
      [1, 3],
      [0, 2],
      [1, 0],
      [0, 1],
      [2, 1],
    ]);
  });
});

describe('resampling in cross-validation', () => {
  test('touches training rows alone: every row is predicted once, and the dummy’s corrected log-loss is that of the base rate', async () => {
    const { matrix, label } = book();
    const fold = Int8Array.from(label, (_, row) => Math.floor(row / 10) % 4);
    const options = {
      costs: { falseNegative: 10, falsePositive: 1 },
      positiveWeight: 1,
      patience: 1,
      signal: new AbortController().signal,
    };
    const data = { features: matrix, target: label, fold };
    const entropy = -(0.1 * Math.log(0.1) + 0.9 * Math.log(0.9));
    for (const resample of ['undersample', 'smote'] as const) {
      const cv = await crossValidate(openDummyTrainer(), data, { ...options, resampling: { resample, resampleShare: 0.5, seed: 1 } });
      expect(cv.margin).toHaveLength(200);
      expect(cv.folds.map(({ rows, positives }) => [rows, positives])).toEqual(Array.from({ length: 4 }, () => [50, 5]));
      expect(cv.oddsFactor).toBeCloseTo(9, 9);
      // Raw, everybody is at one half.
      expect(Math.max(...cv.margin.map(Math.abs))).toBeLessThan(1e-6);
      for (const { logLoss } of cv.folds) expect(logLoss).toBeCloseTo(entropy, 6);
    }
  });

  test('a class weight multiplies what resampling did', () => {
    const resampling = { resample: 'undersample', resampleShare: 0.25, seed: 1 } as const;
    const { train, oddsFactor } = trainingRows(book(), { positiveWeight: 2, resampling });
    expect(oddsFactor).toBeCloseTo(6, 12);
    expect(train.weight?.[train.label.indexOf(1)]).toBe(2);
  });
});
