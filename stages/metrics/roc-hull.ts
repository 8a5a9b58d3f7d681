import { rankedCounts } from './ranked-counts.ts';

/** Upper convex hull of the ROC curve, vertex by vertex from (0, 0), refuse nobody, to (1, 1), refuse everybody. */
export interface RocHull {
  /** Share of payers refused, ascending. */
  readonly falsePositiveRate: Float64Array;
  /** Share of defaulters refused, ascending. */
  readonly truePositiveRate: Float64Array;
  /** Refuse at or above this to be at the vertex; +∞ at the first. */
  readonly threshold: Float64Array;
  /** Shares of defaulters and payers among the rows (or their weight). */
  readonly positiveShare: number;
  readonly negativeShare: number;
}

/** The thresholds that are best for some pair of costs: what H-measure and EMP integrate over. Null where a class is missing. O(n log n). */
export function rocHull(target: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): RocHull | null {
  const { score: scores, positives, negatives, totalPositives, totalNegatives } = rankedCounts(target, score, weight);
  if (!(totalPositives > 0 && totalNegatives > 0)) return null;
  const [x, y] = [new Float64Array(scores.length + 1), new Float64Array(scores.length + 1)];
  const threshold = new Float64Array(scores.length + 1);
  threshold[0] = Number.POSITIVE_INFINITY;
  let [size, bad, good] = [1, 0, 0];
  for (let group = 0; group < scores.length; group++) {
    bad += positives[group] ?? 0;
    good += negatives[group] ?? 0;
    while (size > 1 && !turnsRight(x, y, size, [good, bad])) size--;
    // A point straight above the one before it makes that one useless; rows without weight add no point.
    if (size === 1 && good === 0 && bad === 0) continue;
    [x[size], y[size], threshold[size]] = [good, bad, scores[group] ?? Number.NaN];
    size++;
  }
  const total = totalPositives + totalNegatives;
  return {
    falsePositiveRate: x.subarray(0, size).map((value) => value / totalNegatives),
    truePositiveRate: y.subarray(0, size).map((value) => value / totalPositives),
    threshold: threshold.subarray(0, size),
    positiveShare: totalPositives / total,
    negativeShare: totalNegatives / total,
  };
}

/** Whether the way from the last but one vertex over the last to a new point bends to the right, so that the last one stays. */
function turnsRight(x: Float64Array, y: Float64Array, size: number, [newX, newY]: readonly [number, number]): boolean {
  const [x0 = 0, y0 = 0] = [x[size - 2], y[size - 2]];
  const [x1 = 0, y1 = 0] = [x[size - 1], y[size - 1]];
  return (x1 - x0) * (newY - y0) - (y1 - y0) * (newX - x0) < 0;
}
