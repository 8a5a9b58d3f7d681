import { expect, test } from '@jest/globals';
import { inverseDistribution } from './quantiles.ts';

/** 0.07, 1, 5, 10, 20, 25, … 99.93 % of a standard normal: the inverse distribution function of a normal score is then the score. */
const normal = [
  -3.2, -2.3263, -1.6449, -1.2816, -0.8416, -0.6745, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.6745, 0.8416, 1.2816, 1.6449, 2.3263, 3.2,
];

function evaluate(score: number, values: readonly number[]): number {
  const { slope, intercept } = inverseDistribution(values);
  const cell = Math.min(Math.max(Math.floor(score * 10 + 32) + 1, 0), 65);
  return (slope[cell] ?? Number.NaN) * score + (intercept[cell] ?? Number.NaN);
}

test('is the identity for the quantiles of the normal itself, flat beyond the ends', () => {
  for (const score of [-3.15, -2, -0.333, 0, 0.05, 1.7, 3.19]) expect(evaluate(score, normal)).toBeCloseTo(score, 9);
  expect(evaluate(-5, normal)).toBeCloseTo(-3.2, 9);
  expect(evaluate(5, normal)).toBeCloseTo(3.2, 9);
});

test('keeps an atom where quantiles are equal', () => {
  const values = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 5, 9];
  expect(evaluate(-1, values)).toBe(0);
  expect(evaluate(0.75, values)).toBe(0);
  expect(evaluate(2.5, values)).toBeGreaterThan(5);
});

test('refuses another number of knots', () => {
  expect(() => inverseDistribution([1, 2, 3])).toThrow('3 quantiles, 17 wanted');
});
