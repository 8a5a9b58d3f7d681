import type { Costs } from '../../metrics/cost.ts';

/** Scored applicants whose outcome is not known. All arrays have one entry a row. */
export interface Scored {
  /** The model's own score, which ranks them. */
  readonly score: ArrayLike<number>;
  /** Calibrated probability of default. */
  readonly probability: ArrayLike<number>;
  /** Whether the loan is refused. */
  readonly refused: ArrayLike<boolean | number>;
}

/** Figures that a population has, known or expected; NaN where there is nobody to have them. */
export interface Performance {
  readonly auc: number;
  readonly averagePrecision: number;
  /** Of the refused, the share that would have defaulted. */
  readonly precision: number;
  /** Of those who (would) default, the share refused. */
  readonly recall: number;
  readonly f1: number;
  readonly defaultRate: number;
  readonly costPerLoan: number;
}

export interface ExpectedCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** Expected confusion of decisions: each row counts p as a defaulter and 1 − p as a payer. @param rows those that count; all where absent */
export function expectedCounts({ probability, refused }: Omit<Scored, 'score'>, rows?: Uint32Array): ExpectedCounts {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  const count = rows?.length ?? probability.length;
  for (let at = 0; at < count; at++) {
    const row = rows?.[at] ?? at;
    const p = probability[row] ?? Number.NaN;
    if (refused[row]) {
      tp += p;
      fp += 1 - p;
    } else {
      fn += p;
      tn += 1 - p;
    }
  }
  return { tp, fp, fn, tn };
}

/** Rows in descending order of score, of equal ones by row: {@link expectedPerformance} of many outcomes needs it once. */
export function rankOf(score: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: score.length }, (_, row) => row).toSorted((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
}

/**
 * Performance before outcomes are known (confidence-based, as NannyML's CBPE): the figures of the expected confusion, and the curves
 * in which each row counts p as a defaulter. With probabilities of 0 and 1 it is the realised performance. It holds while the
 * probabilities do: under another mix of applicants, not where the same applicants have come to default otherwise.
 * Cost: falseNegative for a default granted, falsePositive for a payer refused, over all rows.
 * @param order rows by descending score: all of them, or those of a population
 */
export function expectedPerformance(scored: Scored, costs: Costs, order = rankOf(scored.score)): Performance {
  const { tp, fp, fn, tn } = expectedCounts(scored, order);
  const rows = tp + fp + fn + tn;
  return {
    ...curves(scored, order),
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    f1: tp / (tp + (fp + fn) / 2),
    defaultRate: (tp + fn) / rows,
    costPerLoan: (costs.falseNegative * fn + costs.falsePositive * fp) / rows,
  };
}

/** AUC with half a win for a tie; average precision by steps over distinct scores. */
function curves({ score, probability }: Scored, order: Uint32Array): { auc: number; averagePrecision: number } {
  let [bad, good, area, precisionSum, at] = [0, 0, 0, 0, 0];
  while (at < order.length) {
    const value = score[order[at] ?? 0];
    let [badHere, goodHere] = [0, 0];
    for (; at < order.length && score[order[at] ?? 0] === value; at++) {
      const p = probability[order[at] ?? 0] ?? Number.NaN;
      badHere += p;
      goodHere += 1 - p;
    }
    area += goodHere * (bad + badHere / 2);
    bad += badHere;
    good += goodHere;
    precisionSum += badHere * (bad / (bad + good));
  }
  return { auc: bad > 0 && good > 0 ? area / (bad * good) : Number.NaN, averagePrecision: precisionSum / bad };
}
