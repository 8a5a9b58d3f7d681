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

/** What later parts are held against: components of the reference, and what they leave of reference rows that they were not fitted to. */
export interface Components {
  /** Those that vary. */
  readonly features: readonly { readonly name: string; readonly mean: number; readonly deviation: number }[];
  /** Orthonormal, one value a feature. */
  readonly axes: readonly (readonly number[])[];
  readonly error: Moments & { readonly rows: number };
}

/**
 * Principal components of every other reference row (missing values at the mean, columns to unit variance), and what they leave of the rows between.
 * Null where a half of the reference has fewer rows than features, or nothing varies.
 */
export function fitComponents(reference: FloatMatrix): Components | null {
  const fitted = everySecond(reference, 0);
  const features = columnScale(fitted).flatMap((scale, column) =>
    scale.deviation > 0 ? [{ name: fitted.columns[column] ?? '', ...scale }] : [],
  );
  if (features.length < 2 || fitted.rows <= features.length) return null;
  const { values, vectors } = symmetricEigen(correlation(standardised(fitted, features), features.length), features.length);
  const axes = vectors.slice(0, enoughOf(values)).map((axis) => Array.from(axis));
  const left = residuals(standardised(everySecond(reference, 1), features), axes, features.length);
  return { features, axes, error: { rows: left.length, ...moments(left) } };
}

/** Whether the features of a later part still hang together as the reference's did; null with less than two rows. */
export function reconstructionAgainst({ features, axes, error: before }: Components, current: FloatMatrix): Reconstruction | null {
  if (current.rows < 2 || !(before.mean > 0)) return null;
  const left = residuals(standardised(current, features), axes, features.length);
  const after = moments(left);
  const error = Math.sqrt(before.variance / before.rows + after.variance / left.length);
  return {
    features: features.length,
    components: axes.length,
    reference: before.mean,
    current: after.mean,
    rise: after.mean / before.mean - 1,
    z: error > 0 ? (after.mean - before.mean) / error : 0,
  };
}

/** Both at once. */
export function reconstructionError(parts: { readonly reference: FloatMatrix; readonly current: FloatMatrix }): Reconstruction | null {
  const components = fitComponents(parts.reference);
  return components === null ? null : reconstructionAgainst(components, parts.current);
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

/** The features of a matrix, found by name, in standard deviations of the reference; a missing value or feature stands at the mean. */
function standardised({ rows, columns, data }: FloatMatrix, features: Components['features']): Float64Array {
  const unit = new Float64Array(rows * features.length);
  const places = features.map(({ name }) => columns.indexOf(name));
  for (let row = 0; row < rows; row++)
    features.forEach(({ mean, deviation }, at) => {
      const value = data[row * columns.length + (places[at] ?? -1)] ?? Number.NaN;
      unit[row * features.length + at] = (places[at] ?? -1) >= 0 && Number.isFinite(value) ? (value - mean) / deviation : 0;
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
function residuals(unit: Float64Array, axes: Components['axes'], width: number): Float64Array {
  return Float64Array.from({ length: unit.length / width }, (_, row) => {
    const x = unit.subarray(row * width, (row + 1) * width);
    const explained = axes.reduce((sum, axis) => sum + dot(x, axis) ** 2, 0);
    return Math.sqrt(Math.max(0, dot(x, x) - explained));
  });
}

function dot(left: Float64Array, right: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function moments(values: Float64Array): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / Math.max(1, values.length - 1) };
}
