import type { NearestIndex } from './nearest-index.ts';
import { DIMENSIONS } from './space.ts';

/**
 * Share of defaults among the nearest labelled clients of each point; NaN where there are none.
 * @param points row-major
 * @param fold of each point; NaN for one that is in no fold. Labelled clients of the same fold do not count
 */
export function defaultRates(
  index: NearestIndex,
  { points, fold, neighbours }: { readonly points: Float64Array; readonly fold: Float64Array; readonly neighbours: number },
): Float64Array {
  const rates = new Float64Array(fold.length);
  const place = (client: number): Float64Array => points.subarray(client * DIMENSIONS, (client + 1) * DIMENSIONS);
  const own = Int8Array.from(fold, (number) => (Number.isNaN(number) ? -1 : number));
  // One after the other as they lie beside each other: for speed alone.
  const leaf = Int32Array.from(own, (_, client) => index.leafOf(place(client)));
  const order = Int32Array.from(own, (_, client) => client).toSorted(
    (a, b) => (own[a] ?? 0) - (own[b] ?? 0) || (leaf[a] ?? 0) - (leaf[b] ?? 0),
  );
  for (const client of order) rates[client] = index.meanOfNearest(place(client), neighbours, own[client] ?? -1);
  return rates;
}
