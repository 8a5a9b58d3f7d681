import { binnedShares, fillZeros } from '../binned-shares.ts';
import type { DistinctTable, EvidentlyMode } from '../distinct-table.ts';

/** Evidently's population stability index Σ (p − q) ln(p/q) over its own bins; the banking one is in banking-psi.ts. */
export function evidentlyPsi(table: DistinctTable, mode: EvidentlyMode): number {
  const { reference, current } = fillZeros(binnedShares(table, mode));
  let psi = 0;
  reference.forEach((p, index) => {
    const q = current[index] ?? 0;
    psi += (p - q) * Math.log(p / q);
  });
  return psi;
}
