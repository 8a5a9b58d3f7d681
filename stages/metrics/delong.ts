import { twoSidedP, Z95 } from './normal.ts';
import { descendingOrder } from './ranked-counts.ts';

export interface AucInterval {
  readonly auc: number;
  readonly variance: number;
  /** 95 % interval on the logit scale, which stays within 0 and 1 and covers better than the plain one near the ends. */
  readonly lo: number;
  readonly hi: number;
}

export interface AucDifference {
  readonly aucA: number;
  readonly aucB: number;
  /** A minus B, with its 95 % interval. */
  readonly difference: number;
  readonly lo: number;
  readonly hi: number;
  readonly covariance: readonly [readonly [number, number], readonly [number, number]];
  readonly z: number;
  readonly pTwoSided: number;
}

/**
 * AUC with DeLong's variance (DeLong, DeLong & Clarke-Pearson 1988), from midranks in O(n log n) (Sun & Xu 2014). All NaN with
 * a class missing; variance NaN with a single row in one. A perfect separation has variance 0 and an interval of no width.
 */
export function delong(target: ArrayLike<number>, score: ArrayLike<number>): AucInterval {
  const [positive, negative] = placements(target, score);
  const auc = mean(positive);
  const variance = covariance(positive, positive) / positive.length + covariance(negative, negative) / negative.length;
  return { auc, variance, ...logitInterval(auc, variance) };
}

/** Tests two scores of the same rows against each other; z is NaN where both rank all rows alike (variance 0). */
export function delongPaired(target: ArrayLike<number>, scoreA: ArrayLike<number>, scoreB: ArrayLike<number>): AucDifference {
  const [positiveA, negativeA] = placements(target, scoreA);
  const [positiveB, negativeB] = placements(target, scoreB);
  const entry = (p: Float64Array, q: Float64Array, m: Float64Array, n: Float64Array): number =>
    covariance(p, q) / p.length + covariance(m, n) / m.length;
  const varianceA = entry(positiveA, positiveA, negativeA, negativeA);
  const varianceB = entry(positiveB, positiveB, negativeB, negativeB);
  const shared = entry(positiveA, positiveB, negativeA, negativeB);
  const [aucA, aucB] = [mean(positiveA), mean(positiveB)];
  const difference = aucA - aucB;
  const error = Math.sqrt(Math.max(0, varianceA + varianceB - 2 * shared));
  const z = difference / error;
  const covarianceMatrix = [
    [varianceA, shared],
    [shared, varianceB],
  ] as const;
  return {
    aucA,
    aucB,
    difference,
    lo: difference - Z95 * error,
    hi: difference + Z95 * error,
    covariance: covarianceMatrix,
    z,
    pTwoSided: twoSidedP(z),
  };
}

function logitInterval(auc: number, variance: number): { lo: number; hi: number } {
  if (!(auc > 0 && auc < 1)) return { lo: auc, hi: auc };
  const width = (Z95 * Math.sqrt(variance)) / (auc * (1 - auc));
  const logit = Math.log(auc / (1 - auc));
  return { lo: 1 / (1 + Math.exp(width - logit)), hi: 1 / (1 + Math.exp(-width - logit)) };
}

/**
 * Structural components in row order, so that two scores can be paired: of each positive the share of negatives below it, of
 * each negative the share of positives above it (ties half).
 */
function placements(target: ArrayLike<number>, score: ArrayLike<number>): [Float64Array, Float64Array] {
  const order = descendingOrder(score);
  const share = new Float64Array(order.length);
  let positives = 0;
  for (const row of order) positives += target[row] === 1 ? 1 : 0;
  const negatives = order.length - positives;
  let [positivesAbove, negativesAbove, at] = [0, 0, 0];
  while (at < order.length) {
    let [end, tiedPositives] = [at, 0];
    const value = score[order[at] ?? 0];
    while (end < order.length && score[order[end] ?? 0] === value) tiedPositives += target[order[end++] ?? 0] === 1 ? 1 : 0;
    const tiedNegatives = end - at - tiedPositives;
    const ofPositive = (negatives - negativesAbove - tiedNegatives / 2) / negatives;
    const ofNegative = (positivesAbove + tiedPositives / 2) / positives;
    for (let tied = at; tied < end; tied++) {
      const row = order[tied] ?? 0;
      share[row] = target[row] === 1 ? ofPositive : ofNegative;
    }
    positivesAbove += tiedPositives;
    negativesAbove += tiedNegatives;
    at = end;
  }
  return [share.filter((_, row) => target[row] === 1), share.filter((_, row) => target[row] !== 1)];
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample covariance (n − 1). */
function covariance(left: Float64Array, right: Float64Array): number {
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += ((left[at] ?? 0) - leftMean) * ((right[at] ?? 0) - rightMean);
  return sum / (left.length - 1);
}
