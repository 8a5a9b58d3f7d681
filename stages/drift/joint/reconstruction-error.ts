import type { FloatMatrix } from '../../../pipeline/index.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Components are kept until they explain this share of the reference's variance, as NannyML does. */
const EXPLAINED = 0.65;

export interface Reconstruction {
  readonly features: number;
  readonly components: number;
  /** Mean distance of a row from what the components say of it, in standard deviations of the features. */
  readonly reference: number;
  readonly current: number;
  /** current / reference − 1, and the difference over its standard error. */
  readonly rise: number;
  readonly z: number;
}

/**
 * Whether the features still hang together as they did: principal components are fitted to every other reference row (missing
 * values at the mean, columns to unit variance) and asked to put together the rows that they have not seen, of the reference and
 * of the current part. Null where a half of the reference has fewer rows than features, or nothing varies.
 */
export function reconstructionError(parts: { readonly reference: FloatMatrix; readonly current: FloatMatrix }): Reconstruction | null {
  const { reference, current } = parts;
  const fitted = everySecond(reference, 0);
  const scale = columnScale(fitted);
  const varying = scale.flatMap(({ deviation }, column) => (deviation > 0 ? [column] : []));
  if (varying.length < 2 || fitted.rows <= varying.length || current.rows < 2) return null;
  const unit = (matrix: FloatMatrix): Float64Array => standardised(matrix, scale, varying);
  const { values, vectors } = symmetricEigen(correlation(unit(fitted), varying.length), varying.length);
  const components = enoughOf(values);
  const axes = vectors.slice(0, components);
  const before = residuals(unit(everySecond(reference, 1)), axes, varying.length);
  const after = residuals(unit(current), axes, varying.length);
  const [left, right] = [moments(before), moments(after)];
  if (!(left.mean > 0)) return null;
  const error = Math.sqrt(left.variance / before.length + right.variance / after.length);
  return {
    features: varying.length,
    components,
    reference: left.mean,
    current: right.mean,
    rise: right.mean / left.mean - 1,
    z: error > 0 ? (right.mean - left.mean) / error : 0,
  };
}

function everySecond({ rows, columns, data }: FloatMatrix, from: 0 | 1): FloatMatrix {
  const width = columns.length;
  const kept = Math.floor((rows + 1 - from) / 2);
  const half = new Float32Array(kept * width);
  for (let row = 0; row < kept; row++) half.set(data.subarray((2 * row + from) * width, (2 * row + from + 1) * width), row * width);
  return { rows: kept, columns, data: half };
}

interface Scale {
  readonly mean: number;
  /** Population standard deviation with missing values at the mean. */
  readonly deviation: number;
}

function columnScale({ rows, columns, data }: FloatMatrix): readonly Scale[] {
  const width = columns.length;
  return columns.map((_, column) => {
    let [sum, count, squares] = [0, 0, 0];
    for (let at = column; at < data.length; at += width) {
      const value = data[at] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    const mean = count === 0 ? 0 : sum / count;
    for (let at = column; at < data.length; at += width) {
      const value = data[at] ?? Number.NaN;
      if (Number.isFinite(value)) squares += (value - mean) ** 2;
    }
    return { mean, deviation: rows === 0 ? 0 : Math.sqrt(squares / rows) };
  });
}

function standardised({ rows, columns, data }: FloatMatrix, scale: readonly Scale[], kept: readonly number[]): Float64Array {
  const unit = new Float64Array(rows * kept.length);
  for (let row = 0; row < rows; row++)
    kept.forEach((column, at) => {
      const value = data[row * columns.length + column] ?? Number.NaN;
      const { mean, deviation } = scale[column] ?? { mean: 0, deviation: 1 };
      unit[row * kept.length + at] = Number.isFinite(value) ? (value - mean) / deviation : 0;
    });
  return unit;
}

/** Of columns that have mean 0 and variance 1. */
function correlation(unit: Float64Array, width: number): Float64Array {
  const matrix = new Float64Array(width * width);
  const rows = unit.length / width;
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    for (let i = 0; i < width; i++) {
      const left = unit[start + i] ?? 0;
      if (left !== 0) for (let j = i; j < width; j++) matrix[i * width + j] = (matrix[i * width + j] ?? 0) + left * (unit[start + j] ?? 0);
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++) matrix[i * width + j] = matrix[j * width + i] = (matrix[i * width + j] ?? 0) / rows;
  return matrix;
}

function enoughOf(values: Float64Array): number {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let seen = 0;
  const enough = values.findIndex((value) => (seen += Math.max(0, value)) >= EXPLAINED * total);
  return enough < 0 ? values.length : enough + 1;
}

/** Each row’s distance from its projection: √(|x|² − Σ (x·a)²) over orthonormal axes a. */
function residuals(unit: Float64Array, axes: readonly Float64Array[], width: number): Float64Array {
  return Float64Array.from({ length: unit.length / width }, (_, row) => {
    const x = unit.subarray(row * width, (row + 1) * width);
    const explained = axes.reduce((sum, axis) => sum + dot(x, axis) ** 2, 0);
    return Math.sqrt(Math.max(0, dot(x, x) - explained));
  });
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}

function moments(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / Math.max(1, values.length - 1) };
}
