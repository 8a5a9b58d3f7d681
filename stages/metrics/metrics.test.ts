import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { auc } from './auc.ts';
import { basicInterval, bootstrap, percentileInterval, stratifiedMultiplicity } from './bootstrap.ts';
import { equalMassBins, equalWidthBins, expectedCalibrationError } from './calibration-error.ts';
import { bestThreshold, businessCost, costCurve, costPerApplicant, elkanThreshold } from './cost.ts';
import { delong, delongPaired } from './delong.ts';
import { adverseImpactRatio, groupDecisions, rateGap } from './fairness.ts';
import { ks } from './ks.ts';
import { liftTable, topLift } from './lift.ts';
import { prAuc } from './pr-auc.ts';
import { createPrng } from './prng.ts';
import { quantileOfSorted } from './quantile.ts';
import { rocCurve } from './roc.ts';

const cost = { falseNegative: 10, falsePositive: 1 };

/** Rows with few distinct scores, so that ties are common. */
const rows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 })), { minLength: 4, maxLength: 40 })
  .filter((list) => list.some(([y]) => y === 0) && list.some(([y]) => y === 1))
  .map((list) => ({ target: list.map(([y]) => y), score: list.map(([, s]) => s / 10) }));

describe('ranking', () => {
  test('AUC is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(rows, ({ target, score }) => {
        let [right, pairs] = [0, 0];
        target.forEach((y, i) => {
          if (y !== 1) return;
          target.forEach((z, j) => {
            if (z === 1) return;
            pairs += 1;
            const [bad = 0, good = 0] = [score[i], score[j]];
            right += bad > good ? 1 : bad === good ? 0.5 : 0;
          });
        });
        expect(auc(target, score)).toBeCloseTo(right / pairs, 12);
      }),
    );
  });

  test('no ranking metric depends on the order of the rows, and whole weights are repeated rows', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 1000 }), ({ target, score }, seed) => {
        const prng = createPrng(seed);
        const weight = target.map(() => 1 + prng.below(3));
        const repeated = weight.flatMap((times, row) => Array.from({ length: times }, () => row)).toReversed();
        for (const metric of [auc, ks, prAuc]) {
          expect(metric(target, score, weight)).toBeCloseTo(
            metric(
              repeated.map((row) => target[row] ?? 0),
              repeated.map((row) => score[row] ?? 0),
            ),
            12,
          );
        }
      }),
    );
  });

  test('one class: AUC, KS and DeLong are NaN, average precision 0, the ROC curve empty', () => {
    const [target, score] = [
      [0, 0, 0],
      [0.1, 0.2, 0.3],
    ];
    expect([auc(target, score), ks(target, score), delong(target, score).auc, prAuc(target, score)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      0,
    ]);
    expect(rocCurve(target, score).x).toEqual([]);
  });

  test('a score that is not a number is refused with its row', () => {
    expect(() => auc([0, 1, 0], [0.1, Number.NaN, 0.3])).toThrow('score of row 1 is not a number');
    expect(() => auc([0, 1], [0.1])).toThrow('2 targets, 1 scores');
  });

  test('DeLong’s interval covers the true AUC of two normal distributions in about 95 of 100 samples', () => {
    const prng = createPrng(4);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - prng.next())) * Math.cos(2 * Math.PI * prng.next());
    // Two unit normals one apart: AUC = Φ(1/√2).
    const truth = 0.7602499389065233;
    let covered = 0;
    for (let sample = 0; sample < 300; sample++) {
      const target = Array.from({ length: 200 }, (_, row) => (row < 40 ? 1 : 0));
      const { lo, hi } = delong(
        target,
        target.map((y) => y + normal()),
      );
      if (lo <= truth && truth <= hi) covered += 1;
    }
    expect(covered / 300).toBeGreaterThan(0.92);
    expect(covered / 300).toBeLessThan(0.985);
  });

  test('a score against itself: difference 0, no z', () => {
    const [target, score] = [
      [0, 1, 0, 1, 1],
      [0.1, 0.4, 0.5, 0.6, 0.2],
    ];
    expect(delongPaired(target, score, score)).toMatchObject({ difference: 0, lo: 0, hi: 0, z: Number.NaN });
  });
});

describe('decisions', () => {
  test('cost of the reference vectors: 10·FN + FP, and thresholds 1/11 and 0.2', () => {
    expect(businessCost({ fn: 17_383, fp: 0 }, cost)).toBe(173_830);
    expect(elkanThreshold(cost)).toBeCloseTo(0.090909, 6);
    expect(elkanThreshold({ falseNegative: 40, falsePositive: 10 })).toBe(0.2);
  });

  test('the cheapest threshold is as cheap as any other, and the highest of its kind', () => {
    fc.assert(
      fc.property(rows, ({ target, score }) => {
        const { threshold, cost: least } = bestThreshold(costCurve(target, score, cost));
        for (const other of [...score, 2]) {
          const there = costPerApplicant(target, score, other, cost) * target.length;
          expect(there).toBeGreaterThanOrEqual(least - 1e-9);
          if (other > threshold && Number.isFinite(threshold)) expect(there).toBeGreaterThan(least - 1e-9 + (other <= 1 ? 1e-6 : 0));
        }
      }),
    );
  });

  test('a tie between two thresholds goes to the higher one', () => {
    // Refusing at 0.2 and at 0.3 both cost 1.
    expect(bestThreshold(costCurve([0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], { falseNegative: 1, falsePositive: 1 }))).toEqual({
      threshold: 0.4,
      cost: 1,
    });
  });

  test('groups: nobody to count is null, and the ratio is on approvals', () => {
    const groups = groupDecisions({ target: [0, 0, 0, 1], probability: [0.1, 0.9, 0.1, 0.9] }, ['a', 'a', 'b', 'b'], 0.5);
    expect(groups.map(({ truePositiveRate }) => truePositiveRate)).toEqual([null, 1]);
    expect(groups.map(({ approvalRate }) => approvalRate)).toEqual([0.5, 0.5]);
    expect(adverseImpactRatio([{ approvalRate: 0.9 }, { approvalRate: 0.6 }])).toBeCloseTo(2 / 3, 12);
    expect([
      adverseImpactRatio([{ approvalRate: 0.9 }]),
      adverseImpactRatio([{ approvalRate: 0 }, { approvalRate: 0 }]),
      rateGap([null, 0.4]),
    ]).toEqual([null, null, null]);
  });
});

describe('calibration and tables', () => {
  test('bins of equal count hold all rows, with repeated rows as with multiplicities', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 1000 }), ({ target, score }, seed) => {
        const prng = createPrng(seed);
        const times = target.map(() => prng.below(3));
        if (times.every((count) => count === 0)) return;
        const repeated = times.flatMap((count, row) => Array.from({ length: count }, () => row));
        const again = equalMassBins(
          repeated.map((row) => target[row] ?? 0),
          repeated.map((row) => score[row] ?? 0),
          5,
        );
        const found = equalMassBins(target, score, 5, times);
        expect(found.map(({ count }) => count)).toEqual(again.map(({ count }) => count));
        found.forEach((bin, at) => expect(bin.observed).toBeCloseTo(again[at]?.observed ?? Number.NaN, 12));
      }),
    );
  });

  test('edges of equal width are exact: 0.3 belongs to the bin that starts there, 1 to the last', () => {
    const bins = equalWidthBins([1, 0, 1], [0.3, 0.29999999999999993, 1], 10);
    expect(bins.map(({ count, predicted }) => [count, predicted])).toEqual([
      [1, 0.29999999999999993],
      [1, 0.3],
      [1, 1],
    ]);
    expect(() => equalWidthBins([1], [1.2])).toThrow('probability of row 0 is 1.2, outside 0 to 1');
  });

  test('predictions that are right in every bin have no calibration error', () => {
    expect(expectedCalibrationError([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5], 2)).toBe(0);
  });

  test('deciles hold all rows and all positives, riskiest first', () => {
    const target = Array.from({ length: 25 }, (_, row) => (row >= 20 ? 1 : 0));
    const table = liftTable(
      target,
      target.map((_, row) => row),
    );
    expect(table.map(({ count }) => count)).toEqual([3, 3, 3, 3, 3, 2, 2, 2, 2, 2]);
    expect(table.map(({ positives }) => positives)).toEqual([3, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(table[0]?.lift).toBeCloseTo(5, 12);
  });
});

test('lift of the riskiest tenth: the first row of the table, ties shared whatever their order, weights as repeated rows', () => {
  const prng = createPrng(4);
  const score = Array.from({ length: 200 }, () => prng.next());
  const target = score.map((value) => Number(prng.next() < value / 2));
  expect(topLift(target, score)).toBeCloseTo(liftTable(target, score)[0]?.lift ?? Number.NaN, 12);
  // Ten rows, three of them tied at the edge of one tenth: a third of the three counts, and two of the three default.
  const tied = [9, 9, 9, 5, 4, 3, 2, 1, 0, 0];
  expect(topLift([1, 1, 0, 0, 0, 1, 0, 0, 0, 0], tied)).toBeCloseTo(2 / 3 / 0.3, 12);
  expect(topLift([0, 1, 1, 0, 0, 1, 0, 0, 0, 0], tied)).toBeCloseTo(2 / 3 / 0.3, 12);
  const weight = score.map((_, row) => row % 3);
  const repeated = score.flatMap((_, row) => Array.from({ length: row % 3 }, () => row));
  expect(topLift(target, score, weight)).toBeCloseTo(
    topLift(
      repeated.map((row) => target[row] ?? 0),
      repeated.map((row) => score[row] ?? 0),
    ),
    12,
  );
  expect(topLift([0, 0], [0.1, 0.2])).toBeNaN();
});

describe('resampling', () => {
  test('the generator’s first words are those of xoshiro128** seeded by splitmix32', () => {
    // Computed by an independent Python version of both, with 32-bit integers.
    const prng = createPrng(42);
    expect(Array.from({ length: 3 }, () => prng.next())).toEqual([0.15377165265745885, 0.018084542542176507, 0.5348906284683476]);
  });

  test('a stratified resample keeps the number of rows of either outcome', () => {
    const target = [1, 0, 0, 1, 0, 0, 0];
    const counts = stratifiedMultiplicity(target, createPrng(1));
    const sum = (y: number): number => target.reduce((total, value, row) => total + (value === y ? (counts[row] ?? 0) : 0), 0);
    expect([sum(1), sum(0)]).toEqual([2, 5]);
  });

  test('the same seed gives the same replicates, another seed others', () => {
    const target = Array.from({ length: 50 }, (_, row) => (row % 3 === 0 ? 1 : 0));
    const mean = (counts: Uint16Array): number => counts.reduce((sum, count, row) => sum + count * row, 0);
    const once = (seed: number): Float64Array => bootstrap(target, { mean }, { replicates: 20, seed }).mean;
    expect(once(1)).toEqual(once(1));
    expect(once(1)).not.toEqual(once(2));
  });

  test('intervals: percentiles interpolate, reflection turns them round the estimate, NaN is left out', () => {
    const replicates = [Number.NaN, ...Array.from({ length: 101 }, (_, at) => at)];
    expect(percentileInterval(replicates)).toEqual({ lo: 2.5, hi: 97.5 });
    expect(basicInterval(40, replicates)).toEqual({ lo: -17.5, hi: 77.5 });
    expect(quantileOfSorted([1, 2, 4], 0.75)).toBe(3);
  });
});
