import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bcaInterval } from './bca.ts';
import { brierDecomposition } from './brier-decomposition.ts';
import { confusion } from './confusion.ts';
import { businessCost, elkanThreshold } from './cost.ts';
import { gainsCurve } from './gains.ts';
import { hMeasure } from './h-measure.ts';
import { loanCost, loanCosts, loanThresholds, savings } from './loan-costs.ts';
import { netBenefitsAt } from './net-benefit.ts';
import { profit, regretCosts } from './payoffs.ts';
import { expectedMaximumProfit, maximumProfit } from './profit-measure.ts';
import { rocHull } from './roc-hull.ts';
import { swapSet } from './swap-set.ts';

const target = [0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0];
const score = [0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.3, 0.5, 0.5, 0.9, 0.05, 0.4];

/** The reference project's: a payer granted earns 6, refused costs 4, a default granted costs 40. */
const payoffs = { trueNegative: 6, falsePositive: -4, falseNegative: -40, truePositive: 0 };

const rows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 })), { minLength: 4, maxLength: 30 })
  .filter((list) => list.some(([y]) => y === 0) && list.some(([y]) => y === 1))
  .map((list) => ({ target: list.map(([y]) => y), score: list.map(([, s]) => s / 10) }));

describe('net benefit', () => {
  test('by hand: three defaults and four good loans are refused from a quarter on', () => {
    const { model, refuseAll, gain } = netBenefitsAt(target, score, 0.25);
    expect(model).toBeCloseTo(3 / 12 - 4 / 12 / 3, 12);
    expect(refuseAll).toBeCloseTo(4 / 12 - 8 / 12 / 3, 12);
    expect(gain).toBeCloseTo(1 / 36, 12);
    // Refusing nobody is the better trivial rule from the base rate on.
    expect(netBenefitsAt(target, score, 0.5).gain).toBeCloseTo(2 / 12 - 1 / 12, 12);
  });

  test('at the threshold of the costs it is what is saved against granting all, in defaults', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), (drawn, falseNegative) => {
        const costs = { falseNegative, falsePositive: 1 };
        const threshold = elkanThreshold(costs);
        const granted = businessCost(confusion(drawn.target, drawn.score, 2), costs);
        const saved = granted - businessCost(confusion(drawn.target, drawn.score, threshold), costs);
        expect(netBenefitsAt(drawn.target, drawn.score, threshold).model).toBeCloseTo(saved / falseNegative / drawn.target.length, 9);
      }),
    );
  });
});

describe('H-measure', () => {
  test('agrees with the Python package hmeasure 0.1.6 (severity ratio by default, and its negative for the other belief)', () => {
    expect(hMeasure(target, score)).toBeCloseTo(0.32421875, 12);
    expect(hMeasure(target, score, { belief: { alpha: 1 + 4 / 12, beta: 1 + 8 / 12 } })).toBeCloseTo(0.3174091169744041, 12);
  });

  test('is 1 for a separation, 0 for a constant and for a score that ranks the wrong way round', () => {
    expect(hMeasure([0, 0, 1], [1, 2, 3])).toBeCloseTo(1, 12);
    expect(hMeasure([0, 0, 1], [1, 1, 1])).toBe(0);
    expect(hMeasure([0, 0, 1], [3, 2, 1])).toBe(0);
    expect(hMeasure([0, 0], [3, 2])).toBeNaN();
  });

  test('is one minus the expected least loss over that of the trivial rules, by numerical integration', () => {
    fc.assert(
      fc.property(rows, ({ target: y, score: s }) => {
        expect(hMeasure(y, s, { belief: { alpha: 2, beta: 2 } })).toBeCloseTo(integrated(y, s), 5);
      }),
      { numRuns: 20 },
    );
  });
});

/** The definition, c by c, with the density 6·c·(1 − c) of Beta(2, 2). */
function integrated(y: readonly number[], s: readonly number[]): number {
  const thresholds = [Number.POSITIVE_INFINITY, ...new Set(s)];
  const counts = thresholds.map((threshold) => confusion(y, s, threshold));
  const bad = y.filter((label) => label === 1).length;
  let [loss, trivial] = [0, 0];
  const steps = 4000;
  for (let step = 0; step < steps; step++) {
    const c = (step + 0.5) / steps;
    const density = 6 * c * (1 - c);
    loss += density * Math.min(...counts.map(({ fp, fn }) => c * fp + (1 - c) * fn));
    trivial += density * Math.min(c * (y.length - bad), (1 - c) * bad);
  }
  return Math.max(0, 1 - loss / trivial);
}

describe('profit', () => {
  test('expected maximum profit is that of empulse 0.13', () => {
    const found = expectedMaximumProfit([0, 1, 0, 1, 0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9]);
    expect(found.profit).toBeCloseTo(0.0974701705, 12);
    expect(found.refusedShare).toBeCloseTo(0.324345, 12);
    expect(expectedMaximumProfit(target, score).profit).toBeCloseTo(0.05126700766666666, 12);
    expect(maximumProfit(target, score).profit).toBeCloseTo(0.0238, 12);
    const loan = { returnOnInvestment: 0.1, noLoss: 0.3, fullLoss: 0.2 };
    expect(expectedMaximumProfit(target, score, { loan }).profit).toBeCloseTo(0.12270833333333331, 12);
  });

  test('no default to lose, and no gain from a score without skill at a small loss', () => {
    expect(expectedMaximumProfit([0, 0], [0.1, 0.2]).profit).toBeNaN();
    expect(maximumProfit([0, 0, 0, 1], [1, 1, 1, 1], { lossGivenDefault: 0.1 })).toEqual({ profit: 0, refusedShare: 0 });
  });

  test('the reference project’s confusion tables earn what it reported', () => {
    expect(profit({ tn: 197_125, fp: 746, fn: 14_834, tp: 2549 }, payoffs)).toBe(586_406);
    expect(profit({ tn: 197_541, fp: 330, fn: 15_235, tp: 2148 }, payoffs)).toBe(574_526);
  });

  test('a profit matrix implies costs of regret: 6/−4/−40 refuses from 0.20, and 10:1 from 1/11', () => {
    expect(regretCosts(payoffs)).toEqual({ falseNegative: 40, falsePositive: 10 });
    expect(elkanThreshold(regretCosts(payoffs))).toBeCloseTo(0.2, 15);
    expect(elkanThreshold({ falseNegative: 10, falsePositive: 1 })).toBeCloseTo(1 / 11, 15);
    expect(() => regretCosts({ ...payoffs, falseNegative: 1 })).toThrow('a wrong decision must earn less');
  });

  test('profit falls by exactly the regret: profit + cost is the same at every threshold', () => {
    const costs = regretCosts(payoffs);
    const sums = [0, 0.15, 0.35, 0.6, 2].map((threshold) => {
      const counts = confusion(target, score, threshold);
      return profit(counts, payoffs) + businessCost(counts, costs);
    });
    expect(new Set(sums).size).toBe(1);
  });
});

describe('costs of single loans', () => {
  const loans = [
    { amount: 10_000, annuity: 350, term: 36 },
    { amount: 5000, annuity: 480, term: 12 },
    { amount: 20_000, annuity: 600, term: 48 },
  ];
  const costs = loanCosts(loans, { lossGivenDefault: 0.75, fundingRate: 0.0294 }, 0.1);

  test('by Bahnsen’s formulas, computed apart', () => {
    expect([...costs.falseNegative]).toEqual([7500, 3750, 15_000]);
    expect([...costs.falsePositive].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 0, 5058.146354]);
  });

  test('a loan’s own threshold weighs its margin against its loss', () => {
    const thresholds = loanThresholds(costs);
    thresholds.forEach((threshold, row) => {
      const [fp = 0, fn = 0] = [costs.falsePositive[row], costs.falseNegative[row]];
      expect(threshold * fn).toBeCloseTo((1 - threshold) * fp, 9);
    });
  });

  test('savings: 1 for right decisions, 0 for the better trivial rule', () => {
    expect(savings([1, 0, 0], [1, 0, 0], costs)).toBe(1);
    const [grantAll, refuseAll] = [loanCost([1, 0, 0], [0, 0, 0], costs), loanCost([1, 0, 0], [1, 1, 1], costs)];
    expect(savings([1, 0, 0], grantAll < refuseAll ? [0, 0, 0] : [1, 1, 1], costs)).toBe(0);
    expect(savings([0, 0, 0], [0, 0, 0], costs)).toBeNaN();
  });

  test('an amount of 0 is refused by its row', () => {
    expect(() => loanCosts([{ amount: 0, annuity: 1, term: 1 }], { lossGivenDefault: 0.75, fundingRate: 0 }, 0.1)).toThrow(
      'row 0 has amount 0',
    );
  });
});

test('the parts of a Brier score add up to it, for any rows', () => {
  fc.assert(
    fc.property(rows, ({ target: y, score: s }) => {
      const { brier, reliability, resolution, uncertainty, withinBins } = brierDecomposition(y, s);
      expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(brier, 12);
    }),
  );
});

test('one probability a bin leaves nothing within the bins', () => {
  const y = [0, 0, 1, 0, 1, 1];
  expect(brierDecomposition(y, [0.2, 0.2, 0.2, 0.7, 0.7, 0.7], 2)).toMatchObject({ uncertainty: 0.25 });
  expect(brierDecomposition(y, [0.2, 0.2, 0.2, 0.7, 0.7, 0.7], 2).withinBins).toBeCloseTo(0, 12);
});

test('gains rise from nobody to everybody, ties in one step', () => {
  expect(gainsCurve([1, 0, 1, 0], [0.9, 0.9, 0.5, 0.1])).toEqual({ x: [0, 0.5, 0.75, 1], y: [0, 0.5, 1, 1] });
  expect(gainsCurve([0, 0], [1, 2])).toEqual({ x: [], y: [] });
});

test('the ROC hull keeps the corners only, and rows of no weight leave no vertex', () => {
  const hull = rocHull([0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.5]);
  expect([...(hull?.falsePositiveRate ?? [])]).toEqual([0, 0, 0.5, 1]);
  expect([...(hull?.threshold ?? [])]).toEqual([Number.POSITIVE_INFINITY, 0.4, 0.2, 0.1]);
  expect(rocHull([0, 0], [1, 2])).toBeNull();
  expect([...(rocHull([1, 1, 0], [3, 2, 1], [0, 1, 1])?.threshold ?? [])]).toEqual([Number.POSITIVE_INFINITY, 2, 1]);
});

test('swap set: who changes sides, how they paid, and what that costs', () => {
  //                       y  challenger champion
  const y = [1, 0, 0, 1, 0, 1];
  const found = swapSet(y, [1, 0, 1, 0, 0, 1], [0, 1, 0, 1, 0, 1], { falseNegative: 10, falsePositive: 1 });
  expect(found.swappedIn).toEqual({ rows: 2, positives: 1, defaultRate: 0.5 });
  expect(found.swappedOut).toEqual({ rows: 2, positives: 1, defaultRate: 0.5 });
  expect(found.bothGrant).toEqual({ rows: 1, positives: 0, defaultRate: 0 });
  expect(found.bothRefuse).toEqual({ rows: 1, positives: 1, defaultRate: 1 });
  expect(found.costChange).toBeCloseTo((10 - 1 - 10 + 1) / 6, 12);
  expect(swapSet([], [], [], { falseNegative: 1, falsePositive: 1 }).bothGrant.defaultRate).toBeNull();
});

test('BCa without bias and skew is the percentile interval', () => {
  const replicates = Array.from({ length: 201 }, (_, at) => at);
  const { lo, hi } = bcaInterval(100, replicates, [1, 2, 3]);
  expect(lo).toBeCloseTo(5, 6);
  expect(hi).toBeCloseTo(195, 6);
});
