import { type FloatMatrix, SluiceError } from '../../pipeline/index.ts';
import type { FittedModel } from '../scoring/model/fitted-model.ts';

/** Largest |Σφ − margin| allowed, times 1 + |margin|: Float32 sums over hundreds of trees stay well below. */
export const ADDITIVITY_TOLERANCE = 1e-4;

/** What each feature adds to each row's log-odds of default. */
export interface Contributions {
  readonly rows: number;
  readonly columns: readonly string[];
  /** Row-major, rows × columns, in log-odds before calibration. */
  readonly values: Float32Array;
  /** The model's mean margin over the rows that it was trained on, weighted as it saw them: the same for every row. */
  readonly bias: number;
  /** The model's own margin of each row. */
  readonly margin: Float32Array;
  /** Largest |bias + Σφ − margin| over the rows. */
  readonly additivityError: number;
}

/** With what the model says of each row, which additivity is held to. */
export interface ScoredContributions extends Contributions {
  /** The model's own, not calibrated. */
  readonly probability: Float32Array;
}

/**
 * Exact contributions of every row: of trees path-dependent TreeSHAP (Lundberg et al. 2020, algorithm 2), of linear models the
 * coefficient times the distance from the mean. For each row they and the bias must add up to the margin within
 * {@link ADDITIVITY_TOLERANCE} · (1 + |margin|), on every call.
 * @throws SluiceError MODEL_DAMAGED where they do not add up; USAGE for a model that has none
 */
export function exactContributions(model: FittedModel, matrix: FloatMatrix): ScoredContributions {
  const { explainer } = model;
  if (explainer.kind === 'none') {
    throw new SluiceError('USAGE', `this model has no exact contributions: ${explainer.reason}`, {
      hint: 'Look at `explainer.kind` of the model before explaining with it.',
    });
  }
  const { margin, probability } = model.predict(matrix);
  return { ...splitBias(explainer.contributions(matrix), matrix.columns, margin), probability };
}

/** @param raw row-major with the bias as the last of columns + 1, as XGBoost and LightGBM give it */
function splitBias(raw: Float32Array, columns: readonly string[], margin: Float32Array): Contributions {
  const width = columns.length;
  const values = new Float32Array(margin.length * width);
  let additivityError = 0;
  margin.forEach((own, row) => {
    const start = row * (width + 1);
    values.set(raw.subarray(start, start + width), row * width);
    let sum = 0;
    for (let at = 0; at <= width; at++) sum += raw[start + at] ?? Number.NaN;
    additivityError = Math.max(additivityError, requireAdditive(sum, own, row));
  });
  return { rows: margin.length, columns, values, bias: raw[width] ?? 0, margin, additivityError };
}

/** |Σφ − margin|. @throws SluiceError MODEL_DAMAGED past the tolerance, and for what is no number */
export function requireAdditive(sum: number, margin: number, row: number): number {
  const error = Math.abs(sum - margin);
  if (error <= ADDITIVITY_TOLERANCE * (1 + Math.abs(margin))) return error;
  throw new SluiceError('MODEL_DAMAGED', `contributions of row ${row} add up to ${sum}, but the model’s margin is ${margin}`, {
    hint: 'Explanations of this model cannot be trusted: train it again with `sluice run train --force=train`.',
  });
}

/** Mean |φ| of each column over the rows: how much a feature moves scores. */
export function meanAbsolute({ rows, columns, values }: Contributions): Float64Array {
  const total = new Float64Array(columns.length);
  values.forEach((value, at) => {
    const column = at % columns.length;
    total[column] = (total[column] ?? 0) + Math.abs(value);
  });
  return total.map((sum) => sum / rows);
}

/** The contributions of one row. */
export function rowOf({ values, columns }: Contributions, row: number): Float32Array {
  return values.subarray(row * columns.length, (row + 1) * columns.length);
}
