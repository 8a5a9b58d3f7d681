const quantile = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1));

/** The least of some times, the middle one and the 99th of a hundred, to a tenth. */
export function quantiles(times: readonly number[]): { readonly least: number; readonly p50: number; readonly p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { least: quantile(sorted, 0), p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
