import { expect, test } from '@jest/globals';
import { createPrng } from '../../metrics/prng.ts';
import { elkanThreshold } from '../../metrics/cost.ts';
import { expectedSwaps } from './expected-swaps.ts';
import { usualFigures } from './usual-figures.ts';

const costs = { falseNegative: 10, falsePositive: 1 };

function labelled(rows: number, defaultsAt: (score: number) => number) {
  const prng = createPrng(4);
  const probability = Float64Array.from({ length: rows }, () => prng.next() * 0.4).toSorted();
  return { probability, target: probability.map((score) => (prng.next() < defaultsAt(score) ? 1 : 0)) };
}

test('scores that promise half of what defaults: those from where refusing pays on to the old cut-off are granted no longer', () => {
  const current = Float64Array.from({ length: 4000 }, (_, row) => (row / 4000) * 0.4);
  const refused = current.map((score) => (score >= elkanThreshold(costs) ? 1 : 0));
  const found = expectedSwaps(
    labelled(20_000, (score) => Math.min(1, 2 * score)),
    current,
    { method: 'isotonic', refused, costs },
  );
  // True default rate 2·score: refusing pays from score 1/22 on, so that those from 1/22 to 1/11 move, at a mean rate of 3/22.
  expect(found?.swappedIn.rows).toBe(0);
  expect(found?.swappedOut.from).toBeCloseTo(1 / 22, 1);
  expect(found?.swappedOut.to).toBeCloseTo(1 / 11, 3);
  expect(found?.swappedOut.expectedDefaultRate).toBeCloseTo(3 / 22, 1);
  // Each refused one saves 10·p and costs 1 − p; nobody else moves.
  const { rows, expectedDefaultRate } = found?.swappedOut ?? { rows: 0, expectedDefaultRate: 0 };
  const p = expectedDefaultRate ?? 0;
  expect(found?.costChange).toBeCloseTo((-rows * (10 * p - (1 - p))) / 4000, 12);
  expect(found?.costChange).toBeLessThan(0);
});

test('scores that are right already: few move, and they save next to nothing', () => {
  const current = Float64Array.from({ length: 4000 }, (_, row) => (row / 4000) * 0.4);
  const refused = current.map((score) => (score >= elkanThreshold(costs) ? 1 : 0));
  const found = expectedSwaps(
    labelled(20_000, (score) => score),
    current,
    { method: 'none', refused, costs },
  );
  expect((found?.swappedIn.rows ?? 0) + (found?.swappedOut.rows ?? 0)).toBeLessThan(200);
  expect(Math.abs(found?.costChange ?? 1)).toBeLessThan(0.002);
});

test('usual figures hold what the whole came to, are the same for the same rows, and are not known without both classes', () => {
  const { probability, target } = labelled(3007, (score) => score);
  const refused = probability.map((score) => (score >= elkanThreshold(costs) ? 1 : 0));
  const usual = usualFigures({ target, probability, refused }, costs, 21);
  const rate = target.reduce((sum, value) => sum + value, 0) / target.length;
  // Tenths of 300 rows; the remainder of seven says nothing of 300.
  expect(usual).toMatchObject({ chunks: 10, rows: 300 });
  // Drawn tenths spread as binomial shares of 300 rows do.
  const sigma = Math.sqrt((rate * (1 - rate)) / 300);
  expect(((usual?.defaultRate.hi ?? 0) - (usual?.defaultRate.lo ?? 0)) / 6 / sigma).toBeGreaterThan(0.4);
  expect(((usual?.defaultRate.hi ?? 0) - (usual?.defaultRate.lo ?? 0)) / 6 / sigma).toBeLessThan(1.8);
  expect(usual?.defaultRate.lo).toBeLessThan(rate);
  expect(usual?.defaultRate.hi).toBeGreaterThan(rate);
  expect(usualFigures({ target, probability, refused }, costs, 21)).toEqual(usual);
  expect(usualFigures({ target: target.fill(0), probability, refused }, costs, 21)).toBeNull();
});
