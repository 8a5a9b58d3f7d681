import { z } from 'zod';
import type { FloatMatrix } from '../../../pipeline/index.ts';
import type { Prediction } from './fitted-model.ts';

const standardTerm = z.strictObject({
  kind: z.literal('standard'),
  /** Which column of the matrix, from 0. */
  feature: z.int().min(0),
  /** Of the known values in training. */
  mean: z.number(),
  /** Of the known values in training, n below. */
  deviation: z.number().gt(0),
  /** Most deviations from the mean; a value further out counts as that far. */
  clip: z.number().gt(0),
  coefficient: z.number(),
});
const missingTerm = z.strictObject({
  kind: z.literal('missing'),
  feature: z.int().min(0),
  /** Of the training rows where it is unknown. */
  share: z.number().gt(0).lt(1),
  coefficient: z.number(),
});
const woeTerm = z.strictObject({
  kind: z.literal('woe'),
  feature: z.int().min(0),
  /** Where each bin but the first begins, ascending: a bin holds its lower edge. */
  edges: z.array(z.number()),
  /** Of each bin: ln of (share of the repaid ÷ share of the defaulted). One more than edges. */
  woe: z.array(z.number()),
  /** Of rows where the value is unknown. */
  missing: z.number(),
  /** Mean over the training rows. */
  mean: z.number(),
  coefficient: z.number(),
});
/** One addend of a linear model's log-odds. */
export const linearTerm = z.discriminatedUnion('kind', [standardTerm, missingTerm, woeTerm]);
export type LinearTerm = z.infer<typeof linearTerm>;
export type WoeTerm = z.infer<typeof woeTerm>;

/** What a term multiplies its coefficient with; 0 for the average training row. Never NaN. @param value of the feature, NaN where unknown */
export function termInput(term: LinearTerm, value: number): number {
  switch (term.kind) {
    case 'standard':
      return Number.isNaN(value) ? 0 : Math.min(term.clip, Math.max(-term.clip, (value - term.mean) / term.deviation));
    case 'missing':
      return ((Number.isNaN(value) ? 1 : 0) - term.share) / Math.sqrt(term.share * (1 - term.share));
    case 'woe':
      return (Number.isNaN(value) ? term.missing : (term.woe[binOf(term.edges, value)] ?? term.missing)) - term.mean;
  }
}

/** How many of the ascending edges are at or below the value: its bin, from 0. */
export function binOf(edges: ArrayLike<number>, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? Number.POSITIVE_INFINITY) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface LinearModel {
  readonly terms: readonly LinearTerm[];
  /** Log-odds of the average training row. */
  readonly intercept: number;
}

export function linearPrediction({ terms, intercept }: LinearModel, matrix: FloatMatrix): Prediction {
  const width = matrix.columns.length;
  const [margin, probability] = [new Float32Array(matrix.rows), new Float32Array(matrix.rows)];
  for (let row = 0; row < matrix.rows; row++) {
    let sum = intercept;
    for (const term of terms) sum += term.coefficient * termInput(term, matrix.data[row * width + term.feature] ?? Number.NaN);
    margin[row] = sum;
    probability[row] = 1 / (1 + Math.exp(-sum));
  }
  return { margin, probability };
}

/** Row-major, features + 1 a row: coefficient × distance from the average training row, summed a feature, then the intercept. */
export function linearContributions({ terms, intercept }: LinearModel, matrix: FloatMatrix): Float32Array {
  const width = matrix.columns.length;
  const found = new Float32Array(matrix.rows * (width + 1));
  const sums = new Float64Array(width);
  for (let row = 0; row < matrix.rows; row++) {
    sums.fill(0);
    for (const term of terms) {
      const value = matrix.data[row * width + term.feature] ?? Number.NaN;
      sums[term.feature] = (sums[term.feature] ?? 0) + term.coefficient * termInput(term, value);
    }
    found.set(sums, row * (width + 1));
    found[row * (width + 1) + width] = intercept;
  }
  return found;
}
