import { rankedCounts } from './ranked-counts.ts';
import type { Curve } from './roc.ts';

/** Cumulative gains: share of applicants refused, riskiest first (x), against share of defaulters among them (y), from (0, 0) to (1, 1). Empty where nobody defaulted. */
export function gainsCurve(target: ArrayLike<number>, score: ArrayLike<number>): Curve {
  const { positives, negatives, totalPositives, totalNegatives } = rankedCounts(target, score);
  if (totalPositives === 0) return { x: [], y: [] };
  const [x, y] = [[0], [0]];
  let [refused, caught] = [0, 0];
  for (let group = 0; group < positives.length; group++) {
    caught += positives[group] ?? 0;
    refused += (positives[group] ?? 0) + (negatives[group] ?? 0);
    x.push(refused / (totalPositives + totalNegatives));
    y.push(caught / totalPositives);
  }
  return { x, y };
}
