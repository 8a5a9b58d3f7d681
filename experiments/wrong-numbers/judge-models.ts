import type { BoosterParams, FloatMatrix, Xgboost } from '../../pipeline/index.ts';
import { auc } from '../../stages/metrics/auc.ts';
import { bootstrap, type Interval, percentileInterval } from '../../stages/metrics/bootstrap.ts';
import { elkanThreshold } from '../../stages/metrics/cost.ts';
import { type Payoffs, regretCosts } from '../../stages/metrics/payoffs.ts';
import { bestThreshold, profitPerApplicant } from './profit.ts';

export interface Rows {
  readonly matrix: FloatMatrix;
  /** 1 for default. */
  readonly target: Uint8Array;
}

/** A number that was claimed, and what the holdout says of it, with its 95 % interval. */
export interface Checked {
  readonly claimed: number;
  readonly holdout: number;
  readonly interval: Interval;
}

export interface JudgedModel {
  readonly name: string;
  /** Best profit on the training rows, at the threshold that was best there. */
  readonly profit: Checked;
  readonly trainingThreshold: number;
  /** Profit on the holdout at the threshold that follows from the payoffs alone. */
  readonly profitByPayoffs: number;
  /** AUC of training rows, against the holdout. */
  readonly auc: Checked;
  /** "AUC" of labels cut at 0.5, on the holdout. */
  readonly labelAuc: number;
  readonly accuracy: number;
}

export interface Judged {
  readonly rows: { readonly development: number; readonly holdout: number; readonly positives: number };
  readonly models: readonly JudgedModel[];
  /** On the holdout, of granting everybody. */
  readonly grantAll: { readonly profit: number; readonly accuracy: number };
  /** Profit of the second model less that of the first, on the same holdout rows, each at the threshold that follows from the payoffs. */
  readonly difference: Interval & { readonly value: number };
}

/** What the published project earned by each outcome: 6 for a loan repaid, −4 for a payer refused, −40 for a default granted. */
export const PAYOFFS: Payoffs = { trueNegative: 6, falsePositive: -4, falseNegative: -40, truePositive: 0 };
/** (6 + 4) / (6 + 4 + 40): refusing pays from this probability of default (Elkan 2001). */
export const PAYOFF_THRESHOLD = elkanThreshold(regretCosts(PAYOFFS));

const REPLICATES = 500;

const MODELS: readonly { readonly name: string; readonly params: BoosterParams; readonly rounds: number }[] = [
  { name: 'deep', params: { max_depth: 50, min_child_weight: 1, subsample: 0.5, eta: 0.2 }, rounds: 100 },
  {
    name: 'shallow',
    params: { max_depth: 4, min_child_weight: 20, subsample: 0.7, colsample_bytree: 0.3, eta: 0.05, lambda: 20, alpha: 1 },
    rounds: 250,
  },
];

/** Trains both models on the development rows and judges each claim on the holdout. */
export function judgeModels(xgboost: Xgboost, { development, holdout }: { readonly development: Rows; readonly holdout: Rows }): Judged {
  const scored = MODELS.map(({ name, params, rounds }) => {
    using rows = xgboost.matrix(development.matrix, { label: Float32Array.from(development.target) });
    using unseen = xgboost.matrix(holdout.matrix);
    using booster = xgboost.booster({ objective: 'binary:logistic', tree_method: 'hist', max_bin: 64, seed: 1, ...params }, [rows]);
    for (let round = 0; round < rounds; round++) booster.update(round, rows);
    return { name, own: booster.predict(rows, { type: 'value' }), other: booster.predict(unseen, { type: 'value' }) };
  });
  const { target } = holdout;
  const profits = scored.map(
    ({ other }) =>
      (multiplicity?: Uint16Array) =>
        profitPerApplicant(target, other, { threshold: PAYOFF_THRESHOLD, payoffs: PAYOFFS, multiplicity }),
  );
  const [first, second] = profits;
  const differenceOf = (multiplicity?: Uint16Array): number => (second?.(multiplicity) ?? 0) - (first?.(multiplicity) ?? 0);
  const replicates = bootstrap(target, { difference: differenceOf }, { replicates: REPLICATES, seed: 1 });
  const positives = target.reduce((sum, value) => sum + value, 0);
  return {
    rows: { development: development.target.length, holdout: target.length, positives },
    models: scored.map((model) => judge(model, development.target, target)),
    grantAll: {
      profit: profitPerApplicant(target, new Float32Array(target.length), { threshold: 1, payoffs: PAYOFFS }),
      accuracy: 1 - positives / target.length,
    },
    difference: { value: differenceOf(), ...percentileInterval(replicates.difference) },
  };
}

interface Scored {
  readonly name: string;
  /** Of the rows that the model was trained on, and of the holdout. */
  readonly own: Float32Array;
  readonly other: Float32Array;
}

function judge({ name, own, other }: Scored, trained: Uint8Array, target: Uint8Array): JudgedModel {
  const best = bestThreshold(trained, own, PAYOFFS);
  const profit = (multiplicity?: Uint16Array): number =>
    profitPerApplicant(target, other, { threshold: best.threshold, payoffs: PAYOFFS, multiplicity });
  const ranking = (multiplicity?: Uint16Array): number => auc(target, other, multiplicity);
  const intervals = bootstrap(target, { profit, ranking }, { replicates: REPLICATES, seed: 2 });
  const labels = Float32Array.from(other, (value) => Number(value >= 0.5));
  return {
    name,
    trainingThreshold: best.threshold,
    profit: { claimed: best.profit, holdout: profit(), interval: percentileInterval(intervals.profit) },
    profitByPayoffs: profitPerApplicant(target, other, { threshold: PAYOFF_THRESHOLD, payoffs: PAYOFFS }),
    auc: { claimed: auc(trained, own), holdout: ranking(), interval: percentileInterval(intervals.ranking) },
    labelAuc: auc(target, labels),
    accuracy: labels.reduce((sum, value, row) => sum + Number(value === target[row]), 0) / target.length,
  };
}
