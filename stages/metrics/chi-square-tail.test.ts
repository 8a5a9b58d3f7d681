import { expect, test } from '@jest/globals';
import { chiSquareTail } from './chi-square-tail.ts';

/** scipy.stats.chi2.sf(x, degrees), SciPy 1.17.1. */
const SCIPY: readonly (readonly [x: number, degrees: number, tail: number])[] = [
  [16.919, 9, 0.049999640848349826],
  [0.003, 3, 0.9999563373734575],
  [99, 99, 0.4810969124082639],
  [174, 58, 1.6000202512129125e-13],
  [501, 501, 0.4915977714290517],
  [2505, 501, 5.341660871795269e-263],
  [1100, 1000, 0.014614408126295192],
  [4000, 4000, 0.49702645155579744],
  [4400, 4000, 7.169925088244834e-6],
  [8000, 4000, 2.6361557420442222e-269],
];

test.each(SCIPY)('P(χ² > %d) with %d degrees is SciPy’s', (x, degrees, tail) => {
  expect(Math.abs(chiSquareTail(x, degrees) / tail - 1)).toBeLessThan(2e-12);
});

test('one and two degrees by their own forms, and the ends', () => {
  expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 14);
  expect(chiSquareTail(6, 2)).toBeCloseTo(Math.exp(-3), 15);
  expect([0, -1, Infinity, 1e6].map((x) => chiSquareTail(x, 7))).toEqual([1, 1, 0, 0]);
  expect(chiSquareTail(Number.NaN, 7)).toBeNaN();
  // However small x is, a probability.
  expect(chiSquareTail(1e-300, 1000)).toBe(1);
});
