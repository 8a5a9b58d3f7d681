import { describe, expect, test } from '@jest/globals';
import { createPrng } from '../../metrics/prng.ts';
import { densityRatio, effectiveSampleSize } from './effective-sample-size.ts';
import { estimatePerformance } from './estimate-performance.ts';
import { isContradicted, methodHeldTo } from './is-contradicted.ts';
import { drawnPerformance } from './drawn-performance.ts';
import { expectedPerformance, performanceOf, rankedRows, rankOf } from './expected-performance.ts';

const costs = { falseNegative: 10, falsePositive: 1 };

describe('expected performance', () => {
  test('by hand: two refused, two granted', () => {
    const figures = expectedPerformance({ score: [0.9, 0.6, 0.4, 0.1], probability: [0.5, 0.25, 0.25, 0], refused: [1, 1, 0, 0] }, costs);
    expect(figures).toMatchObject({ precision: 0.375, recall: 0.75, defaultRate: 0.25, costPerLoan: (10 * 0.25 + 1.25) / 4 });
    // Pairs (bad, good) won: .5·.25 + .5·.75·2 … over 1·3, ties within a row counting half.
    const [p, total] = [[0.5, 0.25, 0.25, 0], 1 * 3];
    let won = 0;
    p.forEach((bad, i) => p.forEach((other, j) => (won += i < j ? bad * (1 - other) : i === j ? (bad * (1 - other)) / 2 : 0)));
    expect(figures.auc).toBeCloseTo(won / total, 14);
  });

  test('equal scores count half, whatever their order', () => {
    const one = expectedPerformance({ score: [1, 1, 0], probability: [1, 0, 0], refused: [1, 1, 0] }, costs);
    const other = expectedPerformance({ score: [1, 1, 0], probability: [0, 1, 0], refused: [1, 1, 0] }, costs);
    expect(one.auc).toBe(0.75);
    expect(other).toEqual(one);
  });

  test('nobody refused: no precision, and nobody at all: nothing', () => {
    expect(expectedPerformance({ score: [0.1], probability: [0.1], refused: [0] }, costs)).toMatchObject({
      precision: Number.NaN,
      recall: 0,
    });
    expect(expectedPerformance({ score: [], probability: [], refused: [] }, costs).costPerLoan).toBeNaN();
  });
});

describe('effective sample size', () => {
  test('equal weights keep every row, one heavy row leaves one', () => {
    expect(effectiveSampleSize([2, 2, 2, 2])).toBe(4);
    expect(effectiveSampleSize([1, 0, 0])).toBe(1);
    expect(effectiveSampleSize([1, 3])).toBeCloseTo(16 / 10, 14);
    expect(effectiveSampleSize([])).toBe(0);
  });

  test('density ratio: odds times n/m, cut at twenty times the mean', () => {
    expect(Array.from(densityRatio([0.5, 0.2], { reference: 100, current: 50 }))).toEqual([2, 0.5]);
    const ratio = densityRatio([...Array.from({ length: 99 }, () => 0.5), 1], { reference: 1, current: 1 });
    expect(ratio[99]).toBeLessThan(1e9);
    expect(effectiveSampleSize(ratio)).toBeGreaterThanOrEqual(1);
  });
});

/** Scores u², default with probability u²: calibrated. @param tilt moves applicants to higher scores */
function drawRows(rows: number, seed: number, tilt = 1): { target: number[]; probability: number[] } {
  const prng = createPrng(seed);
  const probability = Array.from({ length: rows }, () => prng.next() ** (2 / tilt) * 0.5);
  return { probability, target: probability.map((p) => (prng.next() < p ? 1 : 0)) };
}

describe('estimate', () => {
  const options = { costs, method: 'platt', replicates: 40, seed: 5 } as const;

  test('another mix of applicants: the realised cost lies in the band in about 95 of 100 cases', () => {
    const rounds = 40;
    let covered = 0;
    for (let round = 0; round < rounds; round++) {
      const reference = drawRows(600, 2 * round + 1);
      const current = drawRows(300, 2 * round + 2, 1.6);
      const refused = current.probability.map((p) => (p >= 1 / 11 ? 1 : 0));
      const { all } = estimatePerformance(reference, current.probability, { ...options, method: 'isotonic', refused });
      const realised = expectedPerformance({ score: current.probability, probability: current.target, refused }, costs).costPerLoan;
      if (realised >= all.costPerLoan.lo && realised <= all.costPerLoan.hi) covered++;
    }
    expect(covered / rounds).toBeGreaterThanOrEqual(0.85);
  });

  test('approved and rejected make up all; the seed decides the bands', () => {
    const reference = drawRows(400, 1);
    const current = drawRows(300, 2).probability;
    const refused = current.map((p) => (p >= 0.1 ? 1 : 0));
    const { all, approved, rejected } = estimatePerformance(reference, current, { ...options, refused });
    expect(approved.rows + rejected.rows).toBe(all.rows);
    const sum = (approved.rows * approved.costPerLoan.value + rejected.rows * rejected.costPerLoan.value) / all.rows;
    expect(sum).toBeCloseTo(all.costPerLoan.value, 12);
    expect(approved.costPerLoan.value).toBeCloseTo(10 * approved.defaultRate.value, 12);
    expect(rejected.costPerLoan.value).toBeCloseTo(1 - rejected.defaultRate.value, 12);
    expect(estimatePerformance(reference, current, { ...options, refused }).all).toEqual(all);
  });

  test('a model that calibrates nothing is held to the outcomes of the reference, not believed', () => {
    const inflated = (rows: ReturnType<typeof drawRows>) => ({ ...rows, probability: rows.probability.map((p) => (3 * p) / (1 + 2 * p)) });
    const [reference, current] = [inflated(drawRows(3000, 4)), inflated(drawRows(2000, 6))];
    const decided = ({ probability }: typeof current) => probability.map((p) => (p >= 0.25 ? 1 : 0));
    const { all } = estimatePerformance(reference, current.probability, {
      ...options,
      method: methodHeldTo(reference, 'none'),
      refused: decided(current),
    });
    const came = expectedPerformance({ score: current.probability, probability: current.target, refused: decided(current) }, costs);
    for (const name of ['costPerLoan', 'defaultRate', 'auc'] as const) {
      expect(came[name]).toBeGreaterThan(all[name].lo);
      expect(came[name]).toBeLessThan(all[name].hi);
    }
  });

  test('probabilities are contradicted by outcomes beyond chance only', () => {
    const calibrated = Array.from({ length: 20 }, (_, seed) => isContradicted(drawRows(2000, 100 + seed)));
    expect(calibrated.filter(Boolean)).toEqual([]);
    const rows = drawRows(2000, 4);
    expect(isContradicted({ ...rows, probability: rows.probability.map((p) => (1.6 * p) / (1 + 0.6 * p)) })).toBe(true);
    // A model that rules out what then happened.
    expect(isContradicted({ target: [...rows.target, 1], probability: [...rows.probability, 0] })).toBe(true);
  });

  test('weights: rows of no weight say nothing', () => {
    const reference = drawRows(400, 1);
    const wrong = { target: [...reference.target, 1, 1], probability: [...reference.probability, 0.01, 0.02] };
    const weight = [...reference.target.map(() => 1), 0, 0];
    const current = drawRows(100, 3).probability;
    const refused = current.map(() => 0);
    const value = (rows: Parameters<typeof estimatePerformance>[0]) =>
      estimatePerformance(rows, current, { ...options, method: 'isotonic', refused, replicates: 1 }).all.costPerLoan.value;
    expect(value({ ...wrong, weight })).toBeCloseTo(value(reference), 12);
    expect(value(wrong)).toBeGreaterThan(value(reference));
  });
});

test('drawn outcomes: to the bit what probabilities of 0 and 1 say, with ties, of all, approved and rejected', () => {
  const prng = createPrng(8);
  const score = Array.from({ length: 500 }, () => Math.floor(prng.next() * 60) / 60);
  const refused = score.map((p) => (p > 0.7 || prng.next() < 0.1 ? 1 : 0));
  for (const rate of [0, 0.2, 0.9, 1]) {
    const bad = Uint8Array.from(score, () => (prng.next() < rate ? 1 : 0));
    const drawn = drawnPerformance(rankedRows({ score, refused }), bad, costs);
    const of = (kept: (row: number) => boolean) =>
      performanceOf(rankedRows({ score, refused }, rankOf(score).filter(kept)), Array.from(bad), costs);
    expect(drawn).toEqual({ all: of(() => true), approved: of((row) => refused[row] === 0), rejected: of((row) => refused[row] === 1) });
  }
});
