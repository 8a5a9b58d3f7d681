import type { JudgedRows } from '../../assess/judged-rows.ts';
import { auc } from '../../metrics/auc.ts';
import { basicInterval, bootstrap, percentileInterval } from '../../metrics/bootstrap.ts';
import { brier } from '../../metrics/brier.ts';
import { expectedCalibrationError } from '../../metrics/calibration-error.ts';
import { confusion, type Confusion } from '../../metrics/confusion.ts';
import { businessCost, type Costs } from '../../metrics/cost.ts';
import { delong, delongPaired } from '../../metrics/delong.ts';
import { hMeasure } from '../../metrics/h-measure.ts';
import { ks } from '../../metrics/ks.ts';
import { topLift } from '../../metrics/lift.ts';
import { logLoss } from '../../metrics/log-loss.ts';
import { type Payoffs, profit } from '../../metrics/payoffs.ts';
import { pickRows } from '../../metrics/picked-rows.ts';
import { prAuc } from '../../metrics/pr-auc.ts';
import { expectedMaximumProfit } from '../../metrics/profit-measure.ts';
import { rowsByValue } from '../../metrics/row-order.ts';
import type { RowMetric } from './metric-names.ts';

export interface MetricOptions {
  readonly costs: Costs;
  /** What right and wrong decisions earn. */
  readonly payoffs: Payoffs;
  readonly replicates: number;
  readonly seed: number;
}

/** A number with its 95 % interval; NaN where it does not exist. */
export interface Measured {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

/** The metric with its interval: DeLong's for AUC and Gini, reflected for KS and ECE, percentiles of a stratified bootstrap else. */
export function measureRows(metric: RowMetric, rows: JudgedRows, options: MetricOptions): Measured {
  if (metric === 'auc' || metric === 'gini') {
    const { auc: value, lo, hi } = delong(rows.target, rows.probability);
    return metric === 'auc' ? { value, lo, hi } : { value: 2 * value - 1, lo: 2 * lo - 1, hi: 2 * hi - 1 };
  }
  const statistic = rowStatistics(rows, options)(metric);
  const value = statistic();
  const { found } = bootstrap(rows.target, { found: statistic }, options);
  if (metric !== 'ks' && metric !== 'ece') return { value, ...percentileInterval(found) };
  const { lo, hi } = basicInterval(value, found);
  return { value, lo: Math.max(0, Math.min(value, lo)), hi: Math.min(1, Math.max(value, hi)) };
}

/** Two models on the same rows. */
export interface Duel {
  readonly challenger: JudgedRows;
  readonly champion: JudgedRows;
}

/** Challenger less champion on the same rows, with a paired interval: DeLong's for AUC and Gini, a bootstrap on the same resamples else. */
export function measureDifference(metric: RowMetric, { challenger, champion }: Duel, options: MetricOptions): Measured {
  if (metric === 'auc' || metric === 'gini') {
    const { difference, lo, hi } = delongPaired(challenger.target, challenger.probability, champion.probability);
    const scale = metric === 'auc' ? 1 : 2;
    return { value: scale * difference, lo: scale * lo, hi: scale * hi };
  }
  const [ours, theirs] = [rowStatistics(challenger, options)(metric), rowStatistics(champion, options)(metric)];
  const difference = (weight?: Uint16Array): number => ours(weight) - theirs(weight);
  return { value: difference(), ...percentileInterval(bootstrap(challenger.target, { difference }, options).difference) };
}

type Statistic = (multiplicity?: Uint16Array) => number;

type Economics = Pick<MetricOptions, 'costs' | 'payoffs'>;

/**
 * All metrics of the same rows, each a function of how often each row counts. The rows are put in the order of their score once, so that no resample sorts, and a resample's counts are
 * put in that order once for all metrics.
 */
export function rowStatistics(rows: JudgedRows, economics: Economics): (metric: RowMetric) => Statistic {
  const order = rowsByValue(rows.probability);
  const inOrder = (values: ArrayLike<number>): Float64Array => pickRows(values, order);
  const sorted: SortedRows = {
    target: Uint8Array.from(inOrder(rows.target)),
    probability: inOrder(rows.probability),
    calibrated: inOrder(rows.calibrated),
    decision: inOrder(rows.decision),
  };
  const counts = new Uint16Array(order.length);
  let last: Uint16Array | undefined;
  const arrange = (multiplicity: Uint16Array): Uint16Array => {
    if (multiplicity === last) return counts;
    for (let at = 0; at < order.length; at++) counts[at] = multiplicity[order[at] ?? 0] ?? 0;
    last = multiplicity;
    return counts;
  };
  return (metric) => {
    const compute = weighted(metric, sorted, economics);
    return (multiplicity) => compute(multiplicity === undefined ? undefined : arrange(multiplicity));
  };
}

interface SortedRows {
  readonly target: Uint8Array;
  readonly probability: Float64Array;
  readonly calibrated: Float64Array;
  readonly decision: Float64Array;
}

function weighted(metric: RowMetric, { target, probability, calibrated, decision }: SortedRows, { costs, payoffs }: Economics): Statistic {
  const decided =
    (read: (counts: Confusion) => number): Statistic =>
    (weight) =>
      read(confusion(target, decision, 1, weight));
  const statistics: Readonly<Record<RowMetric, Statistic>> = {
    auc: (weight) => auc(target, probability, weight),
    gini: (weight) => 2 * auc(target, probability, weight) - 1,
    ks: (weight) => ks(target, probability, weight),
    pr_auc: (weight) => prAuc(target, probability, weight),
    h_measure: (weight) => hMeasure(target, probability, weight === undefined ? {} : { weight }),
    emp: (weight) => expectedMaximumProfit(target, probability, weight === undefined ? {} : { weight }).profit,
    lift: (weight) => topLift(target, probability, weight),
    log_loss: (weight) => logLoss(target, calibrated, weight),
    brier: (weight) => brier(target, calibrated, weight),
    ece: (weight) => expectedCalibrationError(target, calibrated, 10, weight),
    cost_per_applicant: decided((counts) => businessCost(counts, costs) / total(counts)),
    cost_share: decided((counts) => {
      const trivial = Math.min(costs.falseNegative * (counts.fn + counts.tp), costs.falsePositive * (counts.fp + counts.tn));
      return trivial > 0 ? businessCost(counts, costs) / trivial : Number.NaN;
    }),
    profit_per_applicant: decided((counts) => profit(counts, payoffs) / total(counts)),
    approval_rate: decided((counts) => (counts.tn + counts.fn) / total(counts)),
    bad_rate_approved: decided(({ fn, tn }) => fn / (fn + tn)),
    true_positive_rate: decided(({ tp, fn }) => tp / (tp + fn)),
    false_positive_rate: decided(({ fp, tn }) => fp / (fp + tn)),
  };
  return statistics[metric];
}

function total({ tn, fp, fn, tp }: Confusion): number {
  return tn + fp + fn + tp;
}
