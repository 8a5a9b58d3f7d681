import { binnedShares, fillZeros, normalised } from '../binned-shares.ts';
import type { DistinctTable, EvidentlyMode } from '../distinct-table.ts';

/** Kullback–Leibler divergence Σ p ln(p/q) of the reference from the current part, empty bins filled first. */
export function kullbackLeibler(table: DistinctTable, mode: EvidentlyMode): number {
  const shares = fillZeros(binnedShares(table, mode));
  const q = normalised(shares.current);
  let divergence = 0;
  normalised(shares.reference).forEach((p, index) => (divergence += p * Math.log(p / (q[index] ?? 0))));
  return divergence;
}
