import { descendingOrder, rankedCounts } from './ranked-counts.ts';

export interface LiftRow {
  /** 1 is the tenth with the highest scores. */
  readonly decile: number;
  readonly count: number;
  readonly positives: number;
  /** Share that defaulted. */
  readonly rate: number;
  /** That share over the share of all rows; NaN where nobody defaulted. */
  readonly lift: number;
}

/** Rows cut into ten parts of equal count by descending score (numpy array_split; ties in row order). Fewer than ten rows give fewer parts. */
export function liftTable(target: ArrayLike<number>, score: ArrayLike<number>): readonly LiftRow[] {
  const order = descendingOrder(score);
  const parts = Math.min(10, order.length);
  const base = order.reduce((sum, row) => sum + (target[row] === 1 ? 1 : 0), 0) / order.length;
  let start = 0;
  return Array.from({ length: parts }, (_, part): LiftRow => {
    const count = Math.floor(order.length / parts) + (part < order.length % parts ? 1 : 0);
    const positives = order.subarray(start, start + count).reduce((sum, row) => sum + (target[row] === 1 ? 1 : 0), 0);
    start += count;
    return { decile: part + 1, count, positives, rate: positives / count, lift: positives / count / base };
  });
}

const TOP = 0.1;

/**
 * Default rate of the riskiest tenth over that of all rows. Of rows with equal scores that the tenth's edge cuts, each counts in part, so
 * that the order of rows does not matter. NaN where nobody defaulted.
 * @param weight of each row, 1 where absent; a bootstrap passes multiplicities
 */
export function topLift(target: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): number {
  const { positives, negatives, totalPositives, totalNegatives } = rankedCounts(target, score, weight);
  const wanted = (totalPositives + totalNegatives) * TOP;
  let [seen, caught] = [0, 0];
  for (let group = 0; group < positives.length && seen < wanted; group++) {
    const here = (positives[group] ?? 0) + (negatives[group] ?? 0);
    const part = Math.min(1, (wanted - seen) / here);
    caught += part * (positives[group] ?? 0);
    seen += part * here;
  }
  return caught / totalPositives / TOP;
}
