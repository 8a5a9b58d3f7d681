import { quantileOfSorted } from '../../../stages/metrics/quantile.ts';

/** Fewer values than this have no tails worth the name. */
const ENOUGH = 100;

/** What the values of one feature usually are. */
export function columnFacts(values: Float32Array): { readonly low: number | null; readonly high: number | null; readonly known: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted();
  const share = values.length === 0 ? 0 : sorted.length / values.length;
  if (sorted.length < ENOUGH) return { low: null, high: null, known: share };
  return { low: quantileOfSorted(sorted, 0.001), high: quantileOfSorted(sorted, 0.999), known: share };
}
