import { assertNever } from '../../pipeline/index.ts';
import type { Costs } from '../metrics/cost.ts';

/** How much a defaulted row counts in training, a repaid one counting 1. balanced: both classes weigh the same; cost: what each error costs. */
export function positiveWeight(classWeight: 'none' | 'balanced' | 'cost', target: Float32Array, costs: Costs): number {
  switch (classWeight) {
    case 'none':
      return 1;
    case 'balanced': {
      const positives = target.reduce((sum, value) => sum + value, 0);
      return (target.length - positives) / positives;
    }
    case 'cost':
      return costs.falseNegative / costs.falsePositive;
    default:
      return assertNever(classWeight);
  }
}

/** One a row; null where all count the same. */
export function rowWeights(target: Float32Array, positive: number): Float32Array | null {
  return positive === 1 ? null : target.map((value) => (value === 1 ? positive : 1));
}

/**
 * Log-odds without the class weight: weighting defaults by w multiplies the odds that a model learns by w (Elkan 2001, theorem 2).
 * @param margin log-odds of a model trained with that weight
 */
export function withoutWeight(margin: Float32Array, weight: number): Float64Array {
  const shift = Math.log(weight);
  return Float64Array.from(margin, (value) => value - shift);
}
