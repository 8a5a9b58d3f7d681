import { bootstrap, percentileInterval } from '../metrics/bootstrap.ts';
import { bestThreshold, costCurve } from '../metrics/cost.ts';
import { descendingOrder } from '../metrics/ranked-counts.ts';
import { capacityTable } from './capacity-table.ts';
import type { Economics } from './economics-schema.ts';
import { chooseThreshold, costAt, impliedThresholds, payoffsOfCosts, type Policy } from './policy.ts';
import { regretCurve, regretGrid, regretsOf } from './regret-curve.ts';
import type { Decision } from './stage.ts';

export interface DecisionOptions extends Policy {
  /** Resamples for the intervals. */
  readonly replicates: number;
  readonly seed: number;
  readonly onReplicate?: (done: number) => void;
}

export interface Decided {
  readonly decision: Decision;
  readonly economics: Economics;
}

/**
 * The threshold by the policy's rule, and beside it the one that the rows would have chosen, with its bootstrap interval, what each
 * threshold around gives up, and what a limit on approvals costs. A threshold of 1 from data says that refusing nobody was cheapest.
 * @param calibrated cross-fitted: no row was in its own calibration
 */
export function decide(target: ArrayLike<number>, calibrated: ArrayLike<number>, options: DecisionOptions): Decided {
  const { costs } = options;
  // Sorted once: a cost curve of descending scores needs no sort of its own.
  const order = descendingOrder(calibrated);
  const targets = Uint8Array.from(order, (row) => target[row] ?? 0);
  const scores = Float64Array.from(order, (row) => calibrated[row] ?? Number.NaN);
  const curve = costCurve(targets, scores, costs);
  const best = bestThreshold(curve);
  const baseRate = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const chosen = chooseThreshold(options, Math.min(1, best.threshold), scores.toReversed(), baseRate);
  const grid = regretGrid(chosen.threshold);
  const resampled: Float64Array[] = [];
  const leastCost = (multiplicity: Uint16Array): number => {
    const drawn = costCurve(targets, scores, costs, multiplicity);
    resampled.push(regretsOf(drawn, grid));
    return Math.min(1, bestThreshold(drawn).threshold);
  };
  const { value: replicates } = bootstrap(targets, { value: leastCost }, options);
  const decision: Decision = {
    costFalseNegative: costs.falseNegative,
    costFalsePositive: costs.falsePositive,
    threshold: chosen.threshold,
    thresholdFromData: {
      value: Math.min(1, best.threshold),
      ...percentileInterval(replicates),
      regretOfCostThreshold: costAt(curve, chosen.threshold) - best.cost / curve.total,
    },
    ...basisOf(options, chosen.ruleThreshold, chosen.capacityBinds),
  };
  const payoffs = options.payoffs ?? payoffsOfCosts(costs);
  const economics: Economics = {
    costs,
    payoffs,
    payoffsGiven: options.payoffs !== null,
    implied: impliedThresholds(costs, options.payoffs),
    baseRate,
    threshold: { ...chosen, rule: options.rule, maxApprovalShare: options.maxApprovalShare, deploymentRate: options.deploymentRate },
    regret: [...regretCurve(grid, regretsOf(curve, grid), resampled)],
    capacity: [...capacityTable(targets, scores, { costs, payoffs })],
  };
  return { decision, economics };
}

/** Left out for the plain rule, so that its decision has the bytes that registered models have. */
function basisOf(policy: Policy, ruleThreshold: number, capacityBinds: boolean): Pick<Decision, 'basis'> {
  if (policy.rule === 'costs' && policy.deploymentRate === null && policy.maxApprovalShare === null) return {};
  return {
    basis: {
      rule: policy.rule,
      ruleThreshold,
      maxApprovalShare: policy.maxApprovalShare,
      capacityBinds,
      deploymentRate: policy.deploymentRate,
    },
  };
}
