import { describe, expect } from '@jest/globals';
import { confusion } from '../../stages/metrics/confusion.ts';
import { bestThreshold, businessCost, costCurve, costPerApplicant, elkanThreshold, tiedThresholds } from '../../stages/metrics/cost.ts';
import { expectNumber, type Recorded, testCases, toNumber } from './decision-cases.ts';

interface CostTruth {
  readonly fn_cost: number;
  readonly fp_cost: number;
  /** Null where the case has too many scores to list. */
  readonly curve: readonly (readonly [Recorded, number])[] | null;
  readonly min_cost: Recorded;
  readonly cost_per_loan: Recorded;
  readonly argmin_all: readonly Recorded[];
  readonly argmin_lowest: Recorded;
  readonly argmin_highest: Recorded;
  readonly grid101: {
    readonly cost: readonly number[];
    readonly min?: Recorded;
    readonly argmin_first?: Recorded;
    readonly argmin_all?: readonly Recorded[];
  };
  readonly reject_none: Recorded;
  readonly reject_all: Recorded;
  readonly bayes_threshold_if_calibrated: Recorded;
}

interface CostCase {
  readonly y: readonly number[];
  readonly score: readonly number[];
  readonly amount: readonly number[];
  readonly expect: Readonly<Record<string, CostTruth>>;
}

describe('business cost against a recorded enumeration', () => {
  testCases<CostCase>('cost_', ({ y, score, amount, expect: truths }) => {
    for (const [name, truth] of Object.entries(truths)) {
      const costs = { falseNegative: truth.fn_cost, falsePositive: truth.fp_cost };
      const weighted = name.startsWith('amount');
      const curve = costCurve(y, score, costs, weighted ? amount : undefined);
      if (truth.curve !== null) expect([...curve.threshold]).toEqual(truth.curve.map(([threshold]) => toNumber(threshold)));
      truth.curve?.forEach(([threshold, cost], at) =>
        expectNumber(curve.cost[at] ?? Number.NaN, cost, `${name}, cost at ${toNumber(threshold)}`),
      );
      const best = bestThreshold(curve);
      expectNumber(best.cost, truth.min_cost, `${name}, least cost`);
      expectNumber(best.cost / curve.total, truth.cost_per_loan, `${name}, least cost per loan`);
      expectNumber(best.threshold, truth.argmin_highest, `${name}, highest of the best thresholds`);
      const tied = tiedThresholds(curve);
      expect([...tied]).toEqual(truth.argmin_all.map(toNumber).toSorted((left, right) => left - right));
      expectNumber(tied[0] ?? Number.NaN, truth.argmin_lowest, `${name}, lowest of the best thresholds`);
      expectNumber(curve.cost.at(-1) ?? Number.NaN, truth.reject_none, `${name}, refuse nobody`);
      expectNumber(curve.cost[0] ?? Number.NaN, truth.reject_all, `${name}, refuse everybody`);
      expectNumber(elkanThreshold(costs), truth.bayes_threshold_if_calibrated, `${name}, Elkan`);
      const grid = truth.grid101.cost.map((_, at) => businessCost(confusion(y, score, at / 100, weighted ? amount : undefined), costs));
      truth.grid101.cost.forEach((cost, at) => expectNumber(grid[at] ?? Number.NaN, cost, `${name}, grid ${at / 100}`));
      if (truth.grid101.min !== undefined) expectNumber(Math.min(...grid), truth.grid101.min, `${name}, least cost on the grid`);
      const least = grid.flatMap((cost, at) => (cost <= Math.min(...grid) + 1e-9 ? [at / 100] : []));
      if (truth.grid101.argmin_first !== undefined)
        expectNumber(least[0] ?? Number.NaN, truth.grid101.argmin_first, `${name}, first best of the grid`);
      if (truth.grid101.argmin_all !== undefined) expect(least).toEqual(truth.grid101.argmin_all.map(toNumber));
      if (!weighted)
        expectNumber(costPerApplicant(y, score, 0.1, costs), (truth.grid101.cost[10] ?? Number.NaN) / y.length, `${name}, per applicant`);
    }
  });
});
