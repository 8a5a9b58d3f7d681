import { bootstrap, percentileInterval } from '../metrics/bootstrap.ts';
import { bestThreshold, costCurve, costPerApplicant, type Costs, elkanThreshold } from '../metrics/cost.ts';
import { descendingOrder } from '../metrics/ranked-counts.ts';
import type { Decision } from './stage.ts';

export interface DecisionOptions {
  readonly costs: Costs;
  /** Resamples for the interval. */
  readonly replicates: number;
  readonly seed: number;
  readonly onReplicate?: (done: number) => void;
}

/**
 * The threshold from the costs, and beside it the one that the rows would have chosen, with its bootstrap interval.
 * A threshold of 1 from data says that refusing nobody was cheapest.
 * @param calibrated cross-fitted: no row was in its own calibration
 */
export function decide(target: ArrayLike<number>, calibrated: ArrayLike<number>, options: DecisionOptions): Decision {
  const { costs } = options;
  const threshold = elkanThreshold(costs);
  // Sorted once: a cost curve of descending scores needs no sort of its own.
  const order = descendingOrder(calibrated);
  const [targets, scores] = [
    Uint8Array.from(order, (row) => target[row] ?? 0),
    Float64Array.from(order, (row) => calibrated[row] ?? Number.NaN),
  ];
  const best = bestThreshold(costCurve(targets, scores, costs));
  const leastCost = (multiplicity: Uint16Array): number =>
    Math.min(1, bestThreshold(costCurve(targets, scores, costs, multiplicity)).threshold);
  const { value: replicates } = bootstrap(targets, { value: leastCost }, options);
  return {
    costFalseNegative: costs.falseNegative,
    costFalsePositive: costs.falsePositive,
    threshold,
    thresholdFromData: {
      value: Math.min(1, best.threshold),
      ...percentileInterval(replicates),
      regretOfCostThreshold: costPerApplicant(target, calibrated, threshold, costs) - best.cost / target.length,
    },
  };
}
