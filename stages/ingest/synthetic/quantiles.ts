/** Values at {@link KNOTS}: the least, fifteen percentiles, the greatest that is drawn. */
export type Quantiles = readonly number[];

/** Standard normal quantiles of 0.07, 1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99 and 99.93 %. */
const KNOTS = [
  -3.2, -2.3263, -1.6449, -1.2816, -0.8416, -0.6745, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.6745, 0.8416, 1.2816, 1.6449, 2.3263, 3.2,
] as const;

/** Cells of a tenth of a normal score between -3.2 and 3.2, and one beyond each end. */
const CELLS = 66;

/** value = slope[i] · score + intercept[i] with i = floor(10 · (score + 3.2)) + 1, kept within the cells. */
export interface InverseDistribution {
  readonly slope: readonly number[];
  readonly intercept: readonly number[];
}

/** Inverse distribution function of a normal score, linear between the knots, flat beyond the last ones. */
export function inverseDistribution(values: Quantiles): InverseDistribution {
  if (values.length !== KNOTS.length) throw new RangeError(`${values.length} quantiles, ${KNOTS.length} wanted`);
  const ends = Array.from({ length: CELLS + 1 }, (_, index) => valueAt(values, (index - 1) / 10 - 3.2));
  const slope = ends.slice(0, CELLS).map((left, index) => ((ends[index + 1] ?? left) - left) * 10);
  return { slope, intercept: slope.map((rise, index) => (ends[index] ?? 0) - rise * ((index - 1) / 10 - 3.2)) };
}

function valueAt(values: Quantiles, score: number): number {
  const found = KNOTS.findIndex((knot) => knot >= score - 1e-9);
  const above = Math.max(1, found === -1 ? KNOTS.length - 1 : found);
  const [left = 0, right = 0] = KNOTS.slice(above - 1, above + 1);
  const [low = 0, high = 0] = values.slice(above - 1, above + 1);
  return low + ((high - low) * (Math.min(3.2, Math.max(-3.2, score)) - left)) / (right - left);
}
