/**
 * The quantiles of values that occur `counts` times, linear between order statistics (NumPy's default, type 7), in one pass.
 * @param values ascending; at least one count above 0
 * @param total sum of the counts
 * @param probabilities ascending
 */
export function quantilesOfCounts(
  values: Float64Array,
  { counts, total }: { readonly counts: Float64Array; readonly total: number },
  probabilities: readonly number[],
): Float64Array {
  // Both order statistics that each quantile lies between, ascending.
  const ranks = probabilities.flatMap((q) => {
    const low = Math.floor((total - 1) * q);
    return [low, Math.min(low + 1, total - 1)];
  });
  const found = valuesAt(values, counts, ranks);
  return Float64Array.from(probabilities, (q, at) => {
    const position = (total - 1) * q;
    const [low, high] = [found[2 * at] ?? Number.NaN, found[2 * at + 1] ?? Number.NaN];
    return low + (high - low) * (position - Math.floor(position));
  });
}

/** @param ranks ascending but for neighbours, which may be equal */
function valuesAt(values: Float64Array, counts: Float64Array, ranks: readonly number[]): Float64Array {
  const found = new Float64Array(ranks.length).fill(Number.NaN);
  let [seen, at] = [0, 0];
  for (let index = 0; index < values.length && at < ranks.length; index++) {
    seen += counts[index] ?? 0;
    while (at < ranks.length && seen > (ranks[at] ?? 0)) found[at++] = values[index] ?? Number.NaN;
  }
  return found;
}
