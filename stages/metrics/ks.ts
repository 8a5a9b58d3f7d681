import { rankedCounts } from './ranked-counts.ts';

/** The largest surplus of the share of defaulters over the share of payers at or above a score, and the highest score that has it (∞ for none). */
export interface KsPoint {
  readonly ks: number;
  readonly threshold: number;
}

/**
 * Kolmogorov–Smirnov statistic of a score, max(TPR − FPR) over thresholds. One-sided, so that a score that ranks the wrong way
 * round gets 0 and not a good mark. NaN where a class is missing.
 */
export function ksPoint(target: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): KsPoint {
  const { score: scores, positives, negatives, totalPositives, totalNegatives } = rankedCounts(target, score, weight);
  if (!(totalPositives > 0 && totalNegatives > 0)) return { ks: Number.NaN, threshold: Number.NaN };
  let [bad, good, best] = [0, 0, { ks: 0, threshold: Number.POSITIVE_INFINITY }];
  for (let group = 0; group < scores.length; group++) {
    bad += positives[group] ?? 0;
    good += negatives[group] ?? 0;
    const gap = bad / totalPositives - good / totalNegatives;
    if (gap > best.ks) best = { ks: gap, threshold: scores[group] ?? Number.NaN };
  }
  return best;
}

/** The statistic alone; see {@link ksPoint}. */
export function ks(target: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): number {
  return ksPoint(target, score, weight).ks;
}
