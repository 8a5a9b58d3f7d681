import { normalTail } from '../special/normal-tail.ts';
import type { NumericTable } from '../distinct-table.ts';

/** A side of at most so many rows, and no ties: the exact distribution, as SciPy decides. */
const EXACT_UP_TO = 8;

/** One-sided p-value (reference less than current) of the Mann–Whitney U test, as Evidently asks for it. */
export function mannWhitney(table: NumericTable): number {
  const { reference, current, nReference, nCurrent } = table;
  const u = referenceU(table);
  const tied = reference.some((count, index) => count + (current[index] ?? 0) > 1);
  if (!tied && Math.min(nReference, nCurrent) <= EXACT_UP_TO) return exactTail(nReference * nCurrent - u, nReference, nCurrent);
  const n = nReference + nCurrent;
  let ties = 0;
  reference.forEach((count, index) => {
    const t = count + (current[index] ?? 0);
    ties += t ** 3 - t;
  });
  const sigma = Math.sqrt(((nReference * nCurrent) / 12) * (n + 1 - ties / (n * (n - 1))));
  // Continuity correction of one half.
  const z = (nReference * nCurrent - u - (nReference * nCurrent) / 2 - 0.5) / sigma;
  return Math.min(1, normalTail(z));
}

/** U of the reference: pairs in which it is larger, a tie counting half. */
function referenceU({ reference, current }: NumericTable): number {
  let [below, u] = [0, 0];
  reference.forEach((count, index) => {
    const here = current[index] ?? 0;
    u += count * (below + here / 2);
    below += here;
  });
  return u;
}

/** P(U ≥ u): each U is a partition of it into at most n parts of at most m. */
function exactTail(u: number, n: number, m: number): number {
  const size = n * m + 1;
  /** Ways to reach each U: the Gaussian binomial coefficient, built factor by factor. */
  const ways = new Float64Array(size);
  ways[0] = 1;
  for (let i = 1; i <= n; i++) {
    for (let at = size - 1; at >= m + i; at--) ways[at] = (ways[at] ?? 0) - (ways[at - m - i] ?? 0);
    for (let at = i; at < size; at++) ways[at] = (ways[at] ?? 0) + (ways[at - i] ?? 0);
  }
  let [tail, all] = [0, 0];
  ways.forEach((count, index) => {
    all += count;
    if (index >= u) tail += count;
  });
  return tail / all;
}
