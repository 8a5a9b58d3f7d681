import type { NumericTable } from '../distinct-table.ts';
import { quantilesOfCounts } from '../quantile-of-counts.ts';
import { cdfDistance } from './cdf-distance.ts';

/** Standard deviations below this are taken for this, as Evidently does. */
const LEAST_SIGMA = 0.001;

/** First Wasserstein distance ∫|F_r − F_c| dx over the reference's population standard deviation. */
export function wasserstein(table: NumericTable): number {
  return wassersteinDistance(table) / referenceScale(table);
}

/** Of a normal distribution, the interquartile range in standard deviations. */
const NORMAL_QUARTILES = 1.3489795003921634;

/** The same over what the reference's interquartile range says of its standard deviation, which a few huge values cannot blow up; NaN where that is nought. */
export function robustWasserstein(table: NumericTable): number {
  const { values, reference: counts, nReference: total } = table;
  const [lower = Number.NaN, upper = Number.NaN] = quantilesOfCounts(values, { counts, total }, [0.25, 0.75]);
  return upper > lower ? (wassersteinDistance(table) * NORMAL_QUARTILES) / (upper - lower) : Number.NaN;
}

const distances = new WeakMap<NumericTable, number>();
const scales = new WeakMap<NumericTable, number>();

/** ∫|F_r − F_c| dx, computed once a table. */
function wassersteinDistance(table: NumericTable): number {
  const distance = distances.get(table) ?? cdfDistance(table, 1);
  distances.set(table, distance);
  return distance;
}

/** What the distance is divided by: the reference's standard deviation, at least a thousandth. Computed once a table. */
export function referenceScale(table: NumericTable): number {
  const scale = scales.get(table) ?? Math.max(referenceSigma(table), LEAST_SIGMA);
  scales.set(table, scale);
  return scale;
}

/**
 * pandas computes in doubles and rounds variance and root to the column's own precision. A mean that was rounded on the way, as of numbers
 * about 1e15, is set right by what is left over; a value that the reference lacks must not count, even where its square is infinite.
 */
function referenceSigma({ values, reference, nReference, precision }: NumericTable): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] ?? 0) * (reference[index] ?? 0);
  const mean = sum / nReference;
  let [rest, squares] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const rows = reference[index] ?? 0;
    if (rows === 0) continue;
    const gap = (values[index] ?? 0) - mean;
    rest += gap * rows;
    squares += gap * gap * rows;
  }
  const variance = Number.isFinite(squares) ? (squares - rest * (rest / nReference)) / nReference : squares;
  return precision === 'float32' ? Math.fround(Math.sqrt(Math.fround(variance))) : Math.sqrt(variance);
}
