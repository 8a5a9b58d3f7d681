import { rankedCounts } from './ranked-counts.ts';

/**
 * Average precision, Σ (recallᵢ − recallᵢ₋₁)·precisionᵢ over the distinct scores from the highest down: no interpolation,
 * which would be too kind. 0 where there is no positive.
 */
export function prAuc(target: ArrayLike<number>, score: ArrayLike<number>, weight?: ArrayLike<number>): number {
  const { positives, negatives, totalPositives } = rankedCounts(target, score, weight);
  let [hits, flagged, sum] = [0, 0, 0];
  for (let group = 0; group < positives.length; group++) {
    const here = positives[group] ?? 0;
    hits += here;
    flagged += here + (negatives[group] ?? 0);
    if (here > 0) sum += here * (hits / flagged);
  }
  return totalPositives > 0 ? sum / totalPositives : 0;
}
