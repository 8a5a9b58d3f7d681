import { normalTail } from '../special/normal-tail.ts';
import type { DistinctTable } from '../distinct-table.ts';

/** Two-sided p-value of the pooled z-test for the share of rows that do not hold the smallest value. */
export function zTest({ reference, current, nReference, nCurrent }: DistinctTable): number {
  if (reference.length === 1) return 1;
  const p = (nReference - (reference[0] ?? 0)) / nReference;
  const q = (nCurrent - (current[0] ?? 0)) / nCurrent;
  const pooled = (p * nReference + q * nCurrent) / (nReference + nCurrent);
  const z = (p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / nReference + 1 / nCurrent));
  return 2 * normalTail(Math.abs(z));
}
