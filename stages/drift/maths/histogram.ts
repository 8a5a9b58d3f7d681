/**
 * Counts of weighted, ascending values between edges, as `numpy.histogram`: bins are closed on the left,
 * the last one on both sides; values outside the edges are dropped.
 */
export function histogram(values: Float64Array, weights: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  const last = edges[edges.length - 1] ?? Number.NaN;
  let bin = 0;
  const first = edges[0] ?? Number.NaN;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (value < first || value > last) continue;
    while (bin < counts.length - 1 && value >= (edges[bin + 1] ?? Number.POSITIVE_INFINITY)) bin++;
    counts[bin] = (counts[bin] ?? 0) + (weights[index] ?? 0);
  }
  return counts;
}
