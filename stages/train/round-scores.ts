import { assertNever } from '../../pipeline/index.ts';
import { auc } from '../metrics/auc.ts';
import { costPerApplicant, type Costs } from '../metrics/cost.ts';
import { withoutWeight } from './class-weight.ts';

/** How good a model is after some round on some rows. */
export interface RoundScores {
  readonly auc: number;
  /** Nats a row, of probabilities with the class weight taken out. */
  readonly logLoss: number;
  /** Business cost per applicant when those with odds at or above costFP / costFN are refused. */
  readonly cost: number;
}

export interface Scoring {
  /** Of defaults in training. */
  readonly positiveWeight: number;
  readonly costs: Costs;
}

/** All in log-odds, so that nothing is lost near 0 and 1. @param margin as the model gives it */
export function scoreMargins(target: Float32Array, margin: Float32Array, { positiveWeight, costs }: Scoring): RoundScores {
  const logOdds = withoutWeight(margin, positiveWeight);
  const threshold = Math.log(costs.falsePositive / costs.falseNegative);
  return { auc: auc(target, margin), logLoss: marginLogLoss(target, logOdds), cost: costPerApplicant(target, logOdds, threshold, costs) };
}

/** Mean of ln(1 + e^m) − y·m. */
export function marginLogLoss(target: ArrayLike<number>, logOdds: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < logOdds.length; row++) {
    const m = logOdds[row] ?? Number.NaN;
    sum += Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m))) - (target[row] === 1 ? m : 0);
  }
  return sum / logOdds.length;
}

/** Metrics that may choose the number of rounds. */
export const STOP_METRICS = ['log_loss', 'auc', 'cost'] as const;
export type StopMetric = (typeof STOP_METRICS)[number];

/** What is to be least: log-loss, 1 − AUC, or business cost per applicant. */
export function lossOf({ auc: ranking, logLoss, cost }: RoundScores, metric: StopMetric): number {
  switch (metric) {
    case 'log_loss':
      return logLoss;
    case 'auc':
      return 1 - ranking;
    case 'cost':
      return cost;
    default:
      return assertNever(metric);
  }
}
