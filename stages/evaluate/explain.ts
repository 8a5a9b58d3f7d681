import { SluiceError, type FloatMatrix } from '../../pipeline/index.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import { createPrng } from '../metrics/prng.ts';
import type { FittedModel } from '../scoring/model/fitted-model.ts';
import type { Evaluation } from './evaluation-schema.ts';

/** Largest |Σφ − margin| allowed, times 1 + |margin|: Float32 sums over hundreds of trees stay well below. */
const ADDITIVITY_TOLERANCE = 1e-4;

export interface Explanation {
  /** Every feature by mean |φ| in log-odds, largest first. */
  readonly importance: Evaluation['importance'];
  /** Largest |Σφ − margin| over the rows explained. */
  readonly additivityError: number;
  readonly rows: number;
}

export interface ExplainOptions {
  readonly margin: Float32Array;
  readonly catalogue: readonly CatalogueEntry[];
  /** At most so many rows, drawn without replacement. */
  readonly rows: number;
  readonly seed: number;
}

/**
 * Exact contributions (of trees TreeSHAP, Lundberg 2020) of a sample of rows. They and the bias must add up to the margin that
 * decided. Nothing is explained of a model that has no exact contributions.
 * @throws SluiceError MODEL_DAMAGED where they do not
 */
export function explain({ explainer }: FittedModel, matrix: FloatMatrix, { margin, catalogue, rows, seed }: ExplainOptions): Explanation {
  if (explainer.kind === 'none') return { importance: [], additivityError: 0, rows: 0 };
  const picked = sampleRows(matrix.rows, rows, seed);
  const contributions = explainer.contributions(selectRows(matrix, picked));
  const width = matrix.columns.length;
  const total = new Float64Array(width);
  let additivityError = 0;
  picked.forEach((row, at) => {
    let sum = contributions[at * (width + 1) + width] ?? Number.NaN;
    for (let column = 0; column < width; column++) {
      const value = contributions[at * (width + 1) + column] ?? Number.NaN;
      sum += value;
      total[column] = (total[column] ?? 0) + Math.abs(value);
    }
    additivityError = Math.max(additivityError, requireAdditive(sum, margin[row] ?? Number.NaN, row));
  });
  const concepts = new Map(catalogue.map(({ name, concept }) => [name, concept]));
  const importance = matrix.columns
    .map((feature, column) => ({ feature, concept: concepts.get(feature) ?? 'other', meanAbsShap: (total[column] ?? 0) / picked.length }))
    .toSorted((left, right) => right.meanAbsShap - left.meanAbsShap || (left.feature < right.feature ? -1 : 1));
  return { importance, additivityError, rows: picked.length };
}

/** |Σφ − margin|. */
export function requireAdditive(sum: number, margin: number, row: number): number {
  const error = Math.abs(sum - margin);
  if (error <= ADDITIVITY_TOLERANCE * (1 + Math.abs(margin))) return error;
  throw new SluiceError('MODEL_DAMAGED', `contributions of holdout row ${row} add up to ${sum}, but the model’s margin is ${margin}`, {
    hint: 'Explanations of this model cannot be trusted: train it again with `sluice run train --force=train`.',
  });
}

/** Row numbers, ascending; all of them where there are no more than asked for (Floyd's sampling otherwise). */
function sampleRows(total: number, wanted: number, seed: number): Uint32Array {
  if (total <= wanted) return Uint32Array.from({ length: total }, (_, row) => row);
  const prng = createPrng(seed);
  const picked = new Set<number>();
  for (let top = total - wanted; top < total; top++) {
    const row = prng.below(top + 1);
    picked.add(picked.has(row) ? top : row);
  }
  return Uint32Array.from(picked).toSorted();
}

function selectRows({ columns, data }: FloatMatrix, rows: Uint32Array): FloatMatrix {
  const width = columns.length;
  const selected = new Float32Array(rows.length * width);
  rows.forEach((row, at) => selected.set(data.subarray(row * width, (row + 1) * width), at * width));
  return { rows: rows.length, columns, data: selected };
}
