import { rowWeights } from './class-weight.ts';
import type { FloatMatrix } from '../../pipeline/index.ts';
import { type ResampleOptions, resampleRows } from './resample/resample-rows.ts';
import type { LabelledRows } from './trainers/trainer.ts';

export interface ImbalanceOptions {
  /** Of a default, a repaid loan weighing 1. */
  readonly positiveWeight: number;
  /** null: the rows as they are. */
  readonly resampling?: ResampleOptions | null;
}

export interface TrainingRows {
  readonly train: LabelledRows;
  /** By how much weights and resampling multiply the odds of default that a model learns. */
  readonly oddsFactor: number;
}

/** The rows that a model is trained on: resampled, then weighted. Validation rows never come here. */
export function trainingRows(
  rows: { readonly matrix: FloatMatrix; readonly rows: Uint32Array; readonly label: Float32Array },
  { positiveWeight, resampling }: ImbalanceOptions,
): TrainingRows {
  const plain = { ...rows, weight: null };
  const resampled = resampling === null || resampling === undefined ? { rows: plain, oddsFactor: 1 } : resampleRows(plain, resampling);
  const weight = rowWeights(resampled.rows.label, positiveWeight);
  return { train: { ...resampled.rows, weight }, oddsFactor: resampled.oddsFactor * positiveWeight };
}
