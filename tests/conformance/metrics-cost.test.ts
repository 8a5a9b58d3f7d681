import { describe, expect } from '@jest/globals';
import { bestThreshold, costCurve, costPerApplicant, elkanThreshold } from '../../stages/metrics/cost.ts';
import { expectNumber, type Recorded, testCases, toNumber } from './decision-cases.ts';

interface CostTruth {
  readonly fn_cost: number;
  readonly fp_cost: number;
  /** Null where the case has too many scores to list. */
  readonly curve: readonly (readonly [Recorded, number])[] | null;
  readonly min_cost: Recorded;
  readonly cost_per_loan: Recorded;
  readonly argmin_highest: Recorded;
  readonly grid101: { readonly cost: readonly number[] };
  readonly reject_none: Recorded;
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
      expectNumber(curve.cost.at(-1) ?? Number.NaN, truth.reject_none, `${name}, refuse nobody`);
      expectNumber(elkanThreshold(costs), truth.bayes_threshold_if_calibrated, `${name}, Elkan`);
      if (!weighted)
        truth.grid101.cost.forEach((cost, at) =>
          expectNumber(costPerApplicant(y, score, at / 100, costs) * y.length, cost, `${name}, grid ${at / 100}`),
        );
    }
  });
});
