/**
 * Counts of weighted, ascending values between ascending edges, as `numpy.histogram`: bins are closed on the left,
 * the last one on both sides; values outside the edges are dropped.
 */
export function histogram(values: Float64Array, weights: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  const last = counts.length - 1;
  let from = firstAtLeast(values, edges[0] ?? Number.NaN);
  for (let bin = 0; bin <= last; bin++) {
    const edge = edges[bin + 1] ?? Number.NaN;
    const to = bin === last ? firstAbove(values, edge) : firstAtLeast(values, edge);
    let count = 0;
    for (; from < to; from++) count += weights[from] ?? 0;
    counts[bin] = count;
  }
  return counts;
}

/** The place of the first of ascending values that is not below the edge, by bisection; their number where all are. */
function firstAtLeast(values: Float64Array, edge: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of the first of ascending values above the edge. */
export function firstAbove(values: Float64Array, edge: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
