import { basicInterval, bootstrap, percentileInterval } from '../metrics/bootstrap.ts';
import { brier } from '../metrics/brier.ts';
import { expectedCalibrationError } from '../metrics/calibration-error.ts';
import { confusion } from '../metrics/confusion.ts';
import { businessCost, type Costs } from '../metrics/cost.ts';
import { delong } from '../metrics/delong.ts';
import { ks } from '../metrics/ks.ts';
import { logLoss } from '../metrics/log-loss.ts';
import { prAuc } from '../metrics/pr-auc.ts';
import { rowsByValue } from '../metrics/row-order.ts';
import type { Evaluation } from './evaluation-schema.ts';

export interface JudgedRows {
  readonly target: Uint8Array;
  /** The model's own: ranks finer than a calibrated one with steps. */
  readonly probability: Float32Array;
  readonly calibrated: Float64Array;
}

export interface JudgeOptions {
  readonly threshold: number;
  readonly costs: Costs;
  readonly replicates: number;
  readonly seed: number;
  readonly onReplicate?: (done: number) => void;
}

export interface Interval {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

export interface Headline {
  readonly headline: Evaluation['headline'];
  readonly approvalRate: Interval;
  /** Null where nobody is approved. */
  readonly badRateAmongApproved: Interval | null;
}

type Statistic = (multiplicity?: Uint16Array) => number;

/**
 * The headline numbers with 95 % intervals. AUC, Gini, KS and PR-AUC judge the ranking by the model's own probability;
 * log-loss, Brier, ECE and cost judge the calibrated one. AUC's interval is DeLong's, the others come from a bootstrap stratified by
 * outcome: basic ones for KS and ECE, which noise can only raise, percentiles for the rest.
 */
export function judge(rows: JudgedRows, options: JudgeOptions): Headline {
  const sorted = sortByProbability(rows);
  const statistics = statisticsOf(sorted, options);
  const replicates = bootstrap(sorted.target, statistics, {
    replicates: options.replicates,
    seed: options.seed,
    ...(options.onReplicate === undefined ? {} : { onReplicate: options.onReplicate }),
  });
  const interval = (name: keyof typeof statistics): Interval => ({ value: statistics[name](), ...percentileInterval(replicates[name]) });
  const reflected = (name: 'ks' | 'ece'): Interval => {
    const value = statistics[name]();
    const { lo, hi } = basicInterval(value, replicates[name]);
    return { value, lo: Math.max(0, Math.min(value, lo)), hi: Math.min(1, Math.max(value, hi)) };
  };
  const { auc, lo, hi } = delong(rows.target, rows.probability);
  return {
    headline: {
      auc: { value: auc, lo, hi },
      gini: { value: 2 * auc - 1, lo: 2 * lo - 1, hi: 2 * hi - 1 },
      ks: reflected('ks'),
      prAuc: interval('prAuc'),
      logLoss: interval('logLoss'),
      brier: interval('brier'),
      ece: reflected('ece'),
      costPerApplicant: interval('cost'),
    },
    approvalRate: interval('approvalRate'),
    badRateAmongApproved: Number.isNaN(statistics.badRate()) ? null : interval('badRate'),
  };
}

function statisticsOf(
  { target, probability, calibrated }: JudgedRows,
  { threshold, costs }: JudgeOptions,
): Record<'ks' | 'prAuc' | 'logLoss' | 'brier' | 'ece' | 'cost' | 'approvalRate' | 'badRate', Statistic> {
  const decisions: (multiplicity?: Uint16Array) => ReturnType<typeof confusion> = (multiplicity) =>
    confusion(target, calibrated, threshold, multiplicity);
  return {
    ks: (multiplicity) => ks(target, probability, multiplicity),
    prAuc: (multiplicity) => prAuc(target, probability, multiplicity),
    logLoss: (multiplicity) => logLoss(target, calibrated, multiplicity),
    brier: (multiplicity) => brier(target, calibrated, multiplicity),
    ece: (multiplicity) => expectedCalibrationError(target, calibrated, 10, multiplicity),
    cost: (multiplicity) => businessCost(decisions(multiplicity), costs) / target.length,
    approvalRate: (multiplicity) => {
      const { tn, fn } = decisions(multiplicity);
      return (tn + fn) / target.length;
    },
    badRate: (multiplicity) => {
      const { tn, fn } = decisions(multiplicity);
      return fn / (tn + fn);
    },
  };
}

/** By probability, then row: the metrics then skip their own sort in every replicate. */
function sortByProbability({ target, probability, calibrated }: JudgedRows): JudgedRows {
  const order = rowsByValue(probability);
  return {
    target: target.map((_, at) => target[order[at] ?? 0] ?? 0),
    probability: probability.map((_, at) => probability[order[at] ?? 0] ?? 0),
    calibrated: calibrated.map((_, at) => calibrated[order[at] ?? 0] ?? 0),
  };
}
