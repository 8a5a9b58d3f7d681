import { assertNever } from '../../pipeline/index.ts';
import { type CostCurve, type Costs, elkanThreshold } from '../metrics/cost.ts';
import { type Payoffs, regretCosts } from '../metrics/payoffs.ts';
import { unshiftThreshold } from './shift-prior.ts';

export const THRESHOLD_RULES = ['costs', 'profit', 'data'] as const;

/** How the threshold is set. */
export interface Policy {
  readonly rule: (typeof THRESHOLD_RULES)[number];
  readonly costs: Costs;
  /** What each outcome earns; null takes the costs for it, so that both imply one threshold. */
  readonly payoffs: Payoffs | null;
  /** Largest share of applicants that may be approved; null for no limit. */
  readonly maxApprovalShare: number | null;
  /** Base rate where the model will decide; null where it is that of the rows. */
  readonly deploymentRate: number | null;
}

/** Payoffs that say what costs say: a payer granted earns what refusing one costs, a default granted loses its cost. */
export function payoffsOfCosts({ falseNegative, falsePositive }: Costs): Payoffs {
  return { trueNegative: falsePositive, falsePositive: 0, falseNegative: -falseNegative, truePositive: 0 };
}

/** Thresholds that a cost matrix and a profit matrix imply, and whether they are one. */
export interface ImpliedThresholds {
  readonly costs: number;
  readonly profit: number;
  readonly agree: boolean;
  /** What to know where they differ; null where they agree. */
  readonly note: string | null;
}

/** Two matrices that imply different thresholds describe different businesses: a model chosen by one and a threshold by the other serve neither. */
export function impliedThresholds(costs: Costs, payoffs: Payoffs | null): ImpliedThresholds {
  const fromCosts = elkanThreshold(costs);
  const regret = payoffs === null ? costs : regretCosts(payoffs);
  const fromProfit = elkanThreshold(regret);
  const agree = Math.abs(fromCosts - fromProfit) <= 1e-9;
  const ratio = ({ falseNegative, falsePositive }: Costs): string => `${round(falseNegative / falsePositive)}:1`;
  const note = agree
    ? null
    : `the cost matrix (${ratio(costs)}) implies refusing from ${fromCosts.toFixed(4)}, the profit matrix (${ratio(regret)} once each outcome is set against the right decision) from ${fromProfit.toFixed(4)}: they do not describe the same business`;
  return { costs: fromCosts, profit: fromProfit, agree, note };
}

export interface ChosenThreshold {
  readonly threshold: number;
  /** Before prior shift and capacity. */
  readonly ruleThreshold: number;
  /** Whether the limit on approvals, and not the rule, decides. */
  readonly capacityBinds: boolean;
}

/**
 * The threshold in use: the rule's, moved for another base rate, and no higher than the capacity allows on these rows.
 * @param ascending cross-fitted calibrated probabilities
 */
export function chooseThreshold(policy: Policy, dataThreshold: number, ascending: Float64Array, baseRate: number): ChosenThreshold {
  const ruleThreshold = thresholdOfRule(policy, dataThreshold);
  const moved = policy.deploymentRate === null ? ruleThreshold : unshiftThreshold(ruleThreshold, baseRate, policy.deploymentRate);
  const most = policy.maxApprovalShare === null ? 1 : capacityThreshold(ascending, policy.maxApprovalShare);
  return { threshold: Math.min(moved, most), ruleThreshold, capacityBinds: most < moved };
}

function thresholdOfRule({ rule, costs, payoffs }: Policy, dataThreshold: number): number {
  switch (rule) {
    case 'costs':
      return elkanThreshold(costs);
    case 'profit':
      return elkanThreshold(payoffs === null ? costs : regretCosts(payoffs));
    case 'data':
      return dataThreshold;
    default:
      return assertNever(rule);
  }
}

/** The highest score t at which no more than the share lies below t: equal scores are approved together or not at all. 1 where everybody fits. */
export function capacityThreshold(ascending: Float64Array, share: number): number {
  const most = Math.floor(share * ascending.length + 1e-9);
  if (most >= ascending.length) return 1;
  return ascending[most] ?? 1;
}

/** Cost per applicant at one threshold of a curve whose thresholds ascend. */
export function costAt({ threshold, cost, total }: CostCurve, at: number): number {
  let [low, high] = [0, threshold.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((threshold[middle] ?? Number.NaN) >= at) high = middle;
    else low = middle + 1;
  }
  return (cost[low] ?? Number.NaN) / total;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
