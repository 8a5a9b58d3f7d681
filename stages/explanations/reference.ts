import { z } from 'zod';
import type { FloatMatrix } from '../../pipeline/index.ts';
import { quantileOfSorted } from '../metrics/quantile.ts';
import type { Contributions } from './contributions.ts';

/** The people an applicant is compared with: what their features contribute on average, and what they typically are. */
export const explanationReference = z.strictObject({
  /** approved: development clients whom the out-of-fold score would have granted a loan; all: too few of them were. */
  population: z.enum(['approved', 'all']),
  /** Clients in it, and how many of them were looked at. */
  clients: z.int(),
  rows: z.int(),
  /** Mean margin of the rows looked at, in log-odds: bias + Σ mean contributions. */
  meanMargin: z.number(),
  features: z.array(
    z.strictObject({
      name: z.string(),
      /** Mean contribution, in log-odds. */
      mean: z.number(),
      /** The middle value; null where most of them have none. */
      typical: z.number().nullable(),
    }),
  ),
});
export type ExplanationReference = z.infer<typeof explanationReference>;

/** @param matrix the rows that the contributions are of */
export function referenceOf(
  contributions: Contributions,
  matrix: FloatMatrix,
  { population, clients }: Pick<ExplanationReference, 'population' | 'clients'>,
): ExplanationReference {
  const { rows, columns, values, margin } = contributions;
  const width = columns.length;
  const features = columns.map((name, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * width + column] ?? 0;
    return { name, mean: sum / rows, typical: middle(matrix, column) };
  });
  return { population, clients, rows, meanMargin: margin.reduce((sum, value) => sum + value, 0) / rows, features };
}

/** Median of the known values of a column; null where fewer than half are known. */
function middle({ rows, columns, data }: FloatMatrix, column: number): number | null {
  const known = Float64Array.from({ length: rows }, (_, row) => data[row * columns.length + column] ?? Number.NaN)
    .filter((value) => !Number.isNaN(value))
    .toSorted();
  return known.length * 2 < rows || known.length === 0 ? null : quantileOfSorted(known, 0.5);
}

/** What a row's features contribute beyond the reference's mean, in log-odds; they add up to margin − meanMargin. */
export function relativeTo(reference: ExplanationReference, contributions: ArrayLike<number>): Float64Array {
  const relative = new Float64Array(reference.features.length);
  reference.features.forEach(({ mean }, column) => (relative[column] = (contributions[column] ?? Number.NaN) - mean));
  return relative;
}
