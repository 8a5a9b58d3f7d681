import { rowNumbers, rowsByValue } from './row-order.ts';

/** Positives and negatives at each distinct score, from the highest score down. */
export interface RankedCounts {
  readonly score: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  readonly totalPositives: number;
  readonly totalNegatives: number;
}

/**
 * Groups rows by score: what AUC, KS, ROC, precision–recall and cost curves are made of. Equal scores are one group, so
 * that no metric depends on the order of tied rows. O(n) when the scores already ascend or descend, else one sort.
 * @param target 1 for default, anything else for repaid
 * @param weight of each row, 1 where absent; a bootstrap passes multiplicities
 * @throws RangeError for arrays of different length or a score that is NaN
 */
export function rankedCounts(target: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): RankedCounts {
  const order = isAscending(score) ? rowNumbers(score.length).toReversed() : descendingOrder(score);
  if (target.length !== score.length || (weight !== undefined && weight.length !== score.length)) {
    throw new RangeError(`${target.length} targets, ${score.length} scores, ${weight?.length ?? 'no'} weights`);
  }
  const [scores, positives, negatives] = [new Float64Array(order.length), new Float64Array(order.length), new Float64Array(order.length)];
  let [groups, totalPositives, totalNegatives] = [0, 0, 0];
  for (const row of order) {
    const value = score[row] ?? Number.NaN;
    const mass = weight === undefined ? 1 : (weight[row] ?? 0);
    if (groups === 0 || scores[groups - 1] !== value) scores[groups++] = value;
    const at = groups - 1;
    if (target[row] === 1) {
      positives[at] = (positives[at] ?? 0) + mass;
      totalPositives += mass;
    } else {
      negatives[at] = (negatives[at] ?? 0) + mass;
      totalNegatives += mass;
    }
  }
  return {
    score: scores.subarray(0, groups),
    positives: positives.subarray(0, groups),
    negatives: negatives.subarray(0, groups),
    totalPositives,
    totalNegatives,
  };
}

/** Row numbers from the highest value to the lowest, equal values in row order. @throws RangeError for NaN */
export function descendingOrder(values: ArrayLike<number>): Uint32Array {
  const order = rowNumbers(values.length);
  let sorted = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) throw new RangeError(`score of row ${row} is not a number`);
    if (row > 0 && value > (values[row - 1] ?? 0)) sorted = false;
  }
  return sorted ? order : rowsByValue(values, 'descending');
}

/** Whether no value is below the one before it; false where any is NaN. */
export function isAscending(values: ArrayLike<number>): boolean {
  for (let row = 1; row < values.length; row++) if (!((values[row] ?? Number.NaN) >= (values[row - 1] ?? Number.NaN))) return false;
  return values.length !== 1 || !Number.isNaN(values[0]);
}
