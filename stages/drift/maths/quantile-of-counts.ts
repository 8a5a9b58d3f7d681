/**
 * The q-quantile of values that occur `counts` times, linear between order statistics (NumPy's default, type 7).
 * @param values ascending; at least one count above 0
 */
export function quantileOfCounts(values: Float64Array, counts: Float64Array, q: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const position = (total - 1) * q;
  const low = valueAt(values, counts, Math.floor(position));
  const high = valueAt(values, counts, Math.min(Math.floor(position) + 1, total - 1));
  return low + (high - low) * (position - Math.floor(position));
}

function valueAt(values: Float64Array, counts: Float64Array, rank: number): number {
  let seen = 0;
  for (let index = 0; index < values.length; index++) {
    seen += counts[index] ?? 0;
    if (seen > rank) return values[index] ?? Number.NaN;
  }
  return Number.NaN;
}
