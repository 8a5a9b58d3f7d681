import type { DistinctTable } from '../distinct-table.ts';

/** Tables as likely as the observed one count as such despite rounding. */
const SAME = 1 + 1e-12;

/**
 * Two-sided p-value of Fisher's exact test for a column of two values: the chance of all tables of the same margins that are at
 * most as likely as the observed one. As Evidently refuses them, unequal row counts and more than two values give NaN.
 */
export function fisherExact({ reference, current, nReference, nCurrent }: DistinctTable): number {
  if (reference.length > 2 || nReference !== nCurrent) return Number.NaN;
  if (reference.length < 2) return 1;
  const successes = (reference[1] ?? 0) + (current[1] ?? 0);
  const chances = hypergeometric(nReference, nCurrent, successes);
  const observed = chances.weight((reference[1] ?? 0) - chances.least);
  let [tail, all] = [0, 0];
  chances.weights.forEach((weight) => {
    all += weight;
    if (weight <= observed * SAME) tail += weight;
  });
  return tail / all;
}

interface Hypergeometric {
  /** Smallest possible number of successes in the reference; the weights start there. */
  readonly least: number;
  /** In proportion to the chances, 1 at the likeliest, so that none overflows. */
  readonly weights: Float64Array;
  readonly weight: (at: number) => number;
}

/** Chances of k of the successes in the reference's n rows, by the ratio of neighbours from the mode outwards. */
function hypergeometric(n: number, m: number, successes: number): Hypergeometric {
  const least = Math.max(0, successes - m);
  const most = Math.min(successes, n);
  const weights = new Float64Array(most - least + 1);
  const mode = Math.min(most, Math.max(least, Math.floor(((n + 1) * (successes + 1)) / (n + m + 2))));
  const ratio = (k: number): number => ((n - k) * (successes - k)) / ((k + 1) * (m - successes + k + 1));
  weights[mode - least] = 1;
  for (let k = mode; k < most; k++) weights[k + 1 - least] = (weights[k - least] ?? 0) * ratio(k);
  for (let k = mode - 1; k >= least; k--) weights[k - least] = (weights[k + 1 - least] ?? 0) / ratio(k);
  return { least, weights, weight: (at) => weights[at] ?? 0 };
}
