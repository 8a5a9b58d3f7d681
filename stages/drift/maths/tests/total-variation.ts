import { createPrng } from '../../../metrics/prng.ts';
import type { DistinctTable } from '../distinct-table.ts';

/** As many as Evidently draws. */
const PERMUTATIONS = 1000;

/** Total variation distance ½ Σ|p − q|: the statistic whose permutation p-value is {@link totalVariationTest}. */
export function totalVariation({ reference, current, nReference, nCurrent }: DistinctTable): number {
  let sum = 0;
  reference.forEach((count, index) => (sum += Math.abs(count / nReference - (current[index] ?? 0) / nCurrent)));
  return sum / 2;
}

/**
 * Permutation p-value of the total variation distance: the share of 1000 random divisions of the pooled rows whose distance is at
 * least the observed one. Evidently draws with NumPy's generator over the rows in their order; here the draw is seeded and
 * depends on the counts alone, so both estimate the same chance and differ by the draw's error, at most 0.016 (one sigma).
 */
export function totalVariationTest({ reference, current, nReference, nCurrent }: DistinctTable): number {
  const pooled = reference.map((count, index) => count + (current[index] ?? 0));
  const rows = new Uint32Array(nReference + nCurrent);
  let at = 0;
  pooled.forEach((count, level) => {
    rows.fill(level, at, at + count);
    at += count;
  });
  /** nm times twice the distance: whole numbers, so that ties are ties. */
  const scaled = (counts: Float64Array): number =>
    counts.reduce((sum, count, level) => sum + Math.abs(count * nCurrent - ((pooled[level] ?? 0) - count) * nReference), 0);
  const observed = scaled(reference);
  const prng = createPrng(0);
  const drawn = new Float64Array(pooled.length);
  let atLeast = 0;
  for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
    drawn.fill(0);
    for (let index = 0; index < nReference; index++) {
      const other = index + prng.below(rows.length - index);
      const level = rows[other] ?? 0;
      rows[other] = rows[index] ?? 0;
      rows[index] = level;
      drawn[level] = (drawn[level] ?? 0) + 1;
    }
    if (scaled(drawn) >= observed) atLeast++;
  }
  return atLeast / PERMUTATIONS;
}
