/** As many chunks of equal size; rows left over make one more. */
const CHUNKS = 10;

export interface UsualRange {
  /** Mean ± 3 population standard deviations over the chunks, within the limits of the figure. */
  readonly lo: number;
  readonly hi: number;
}

/** Places of a reference's chunks as [from, to): ten of ⌊rows ÷ 10⌋ rows, and one of what is left over; fewer than ten rows are one chunk. */
export function referenceChunks(rows: number): readonly (readonly [from: number, to: number])[] {
  const size = Math.floor(rows / CHUNKS);
  if (size === 0) return rows === 0 ? [] : [[0, rows]];
  return Array.from({ length: Math.ceil(rows / size) }, (_, at) => [at * size, Math.min(rows, (at + 1) * size)] as const);
}

/**
 * Where a figure lies that comes from a population like the chunks': mean ± 3 standard deviations (of the population, ddof 0), cut at
 * what the figure can be at all. As NannyML draws its alerts. NaN where a chunk has no figure.
 */
export function usualRange(values: readonly number[], { lower, upper }: { readonly lower: number; readonly upper: number }): UsualRange {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = 3 * Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { lo: Math.max(lower, mean - spread), hi: Math.min(upper, mean + spread) };
}
