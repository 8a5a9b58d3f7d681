import { kolmogorovTail } from '../special/kolmogorov-tail.ts';
import type { NumericTable } from '../distinct-table.ts';
import { exactSmirnov } from './exact-smirnov.ts';

/** Samples up to this size get the exact p-value, as `scipy.stats.ks_2samp` decides. */
const EXACT_UP_TO = 10_000;

/** Largest gap between the two empirical distribution functions. */
export function smirnovDistance({ reference, current, nReference, nCurrent }: NumericTable): number {
  let [below, belowCurrent, largest] = [0, 0, 0];
  for (let index = 0; index < reference.length; index++) {
    below += reference[index] ?? 0;
    belowCurrent += current[index] ?? 0;
    largest = Math.max(largest, Math.abs(below / nReference - belowCurrent / nCurrent));
  }
  return largest;
}

/**
 * Two-sided p-value of the two-sample Kolmogorov–Smirnov test: exact for up to 10,000 rows a side, beyond that the
 * one-sample distribution at n = nm/(n + m), rounded half to even.
 */
export function kolmogorovSmirnov(table: NumericTable): number {
  const { nReference: n, nCurrent: m } = table;
  const distance = smirnovDistance(table);
  if (Math.max(n, m) <= EXACT_UP_TO) return exactSmirnov(n, m, distance);
  return kolmogorovTail(roundHalfEven((n * m) / (n + m)), distance);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
