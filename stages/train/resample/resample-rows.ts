import { assertNever } from '../../../pipeline/index.ts';
import type { LabelledRows } from '../trainers/trainer.ts';
import { smote, type SmoteOptions } from './smote.ts';
import { undersample } from './undersample.ts';

export interface ResampleOptions {
  readonly resample: 'none' | 'undersample' | 'smote';
  /** Of defaults among the rows that are trained on. */
  readonly resampleShare: number;
  readonly seed: number;
  /** Names of the columns whose values stand for categories: there is nothing between two of them. */
  readonly categorical?: ReadonlySet<string>;
}

export interface Resampled {
  readonly rows: LabelledRows;
  /**
   * By how much the odds of default among the rows were multiplied. A model's odds are multiplied by as much (Elkan 2001, theorem 2):
   * true odds = the model's odds ÷ this, true log-odds = the model's − ln of this.
   */
  readonly oddsFactor: number;
}

/** Other rows to train on, with a larger share of defaults; as they are where the share is that large already. Only training rows may come here. */
export function resampleRows(rows: LabelledRows, { resample, resampleShare, seed, categorical = new Set() }: ResampleOptions): Resampled {
  const before = oddsOf(rows.label);
  if (resample === 'none' || before >= resampleShare / (1 - resampleShare)) return { rows, oddsFactor: 1 };
  const options = { share: resampleShare, seed, categorical };
  const resampled = change(resample, rows, options);
  return { rows: resampled, oddsFactor: oddsOf(resampled.label) / before };
}

function change(how: 'undersample' | 'smote', rows: LabelledRows, options: SmoteOptions): LabelledRows {
  switch (how) {
    case 'undersample':
      return undersample(rows, options);
    case 'smote':
      return smote(rows, options);
    default:
      return assertNever(how);
  }
}

/** Defaults a repaid loan. */
function oddsOf(label: Float32Array): number {
  const positive = label.reduce((sum, value) => sum + value, 0);
  return positive / (label.length - positive);
}
