import { incompleteBeta } from '../special/incomplete-beta.ts';
import type { NumericTable } from '../distinct-table.ts';

interface Moments {
  readonly mean: number;
  /** Sum of squared deviations. */
  readonly squares: number;
}

/** Two-sided p-value of Student's t-test with a pooled variance; NaN where neither mean nor variance differ. */
export function tTest({ values, reference, current, nReference, nCurrent }: NumericTable): number {
  const degrees = nReference + nCurrent - 2;
  const [left, right] = [moments(values, reference, nReference), moments(values, current, nCurrent)];
  if (degrees === 0) return Number.NaN;
  const variance = (left.squares + right.squares) / degrees;
  const t = (left.mean - right.mean) / Math.sqrt(variance * (1 / nReference + 1 / nCurrent));
  if (Number.isNaN(t)) return t;
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

function moments(values: Float64Array, counts: Float64Array, total: number): Moments {
  let sum = 0;
  values.forEach((value, index) => (sum += value * (counts[index] ?? 0)));
  const mean = sum / total;
  let squares = 0;
  values.forEach((value, index) => (squares += (value - mean) ** 2 * (counts[index] ?? 0)));
  return { mean, squares };
}
