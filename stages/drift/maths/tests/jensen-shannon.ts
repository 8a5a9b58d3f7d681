import { binnedShares, normalised } from '../binned-shares.ts';
import type { DistinctTable, EvidentlyMode } from '../distinct-table.ts';

/** Jensen–Shannon distance √(½ Σ p ln(p/m) + q ln(q/m)), m = (p + q)/2, natural logarithm: at most √ln 2. */
export function jensenShannon(table: DistinctTable, mode: EvidentlyMode): number {
  const shares = binnedShares(table, mode);
  const p = normalised(shares.reference);
  const q = normalised(shares.current);
  let divergence = 0;
  p.forEach((share, index) => {
    const other = q[index] ?? 0;
    const middle = (share + other) / 2;
    divergence += relativeEntropy(share, middle) + relativeEntropy(other, middle);
  });
  return Math.sqrt(Math.max(divergence, 0) / 2);
}

function relativeEntropy(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log(p / q);
}
