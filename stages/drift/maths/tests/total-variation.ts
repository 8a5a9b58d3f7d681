import type { DistinctTable } from '../distinct-table.ts';

/** Total variation distance ½ Σ|p − q|. Evidently reports a permutation p-value of it, which needs NumPy's generator. */
export function totalVariation({ reference, current, nReference, nCurrent }: DistinctTable): number {
  let sum = 0;
  reference.forEach((count, index) => (sum += Math.abs(count / nReference - (current[index] ?? 0) / nCurrent)));
  return sum / 2;
}
