import { rankedCounts } from './ranked-counts.ts';

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** ROC: false positive rate (x) against true positive rate (y) at each distinct score, from (0, 0) to (1, 1). Empty where a class is missing. */
export function rocCurve(target: ArrayLike<number>, score: ArrayLike<number>): Curve {
  const { positives, negatives, totalPositives, totalNegatives } = rankedCounts(target, score);
  if (totalPositives === 0 || totalNegatives === 0) return { x: [], y: [] };
  const [x, y] = [[0], [0]];
  let [hits, alarms] = [0, 0];
  for (let group = 0; group < positives.length; group++) {
    hits += positives[group] ?? 0;
    alarms += negatives[group] ?? 0;
    x.push(alarms / totalNegatives);
    y.push(hits / totalPositives);
  }
  return { x, y };
}
