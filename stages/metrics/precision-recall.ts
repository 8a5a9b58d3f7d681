import { rankedCounts } from './ranked-counts.ts';
import type { Curve } from './roc.ts';

/** Recall (x) against precision (y) at each distinct score, from the highest down. Empty where there is no positive. */
export function precisionRecallCurve(target: ArrayLike<number>, score: ArrayLike<number>): Curve {
  const { positives, negatives, totalPositives } = rankedCounts(target, score);
  const [x, y]: [number[], number[]] = [[], []];
  let [hits, flagged] = [0, 0];
  for (let group = 0; group < positives.length && totalPositives > 0; group++) {
    hits += positives[group] ?? 0;
    flagged += (positives[group] ?? 0) + (negatives[group] ?? 0);
    x.push(hits / totalPositives);
    y.push(hits / flagged);
  }
  return { x, y };
}
