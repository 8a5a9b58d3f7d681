import { descendingOrder } from './ranked-counts.ts';

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
