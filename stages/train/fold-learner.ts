import type { FloatMatrix } from '../../pipeline/index.ts';
import type { Prediction } from '../scoring/model/fitted-model.ts';
import { type Development, foldRows } from './development.ts';
import { selectValues } from './select-values.ts';
import type { Learner, Trainer } from './trainers/trainer.ts';
import { type ImbalanceOptions, trainingRows } from './training-rows.ts';

export interface TrainingData {
  readonly features: FloatMatrix;
  readonly target: Float32Array;
  readonly fold: Development['fold'];
}

/** The model of one fold: trained on the rows outside it, asked about the rows inside it. */
export interface FoldLearner {
  readonly fold: number;
  /** Row numbers of validation. */
  readonly rows: Uint32Array;
  readonly validTarget: Float32Array;
  /** Of the rows that it is trained on, resampled ones where there are. */
  readonly trainTarget: Float32Array;
  /** By how much weights and resampling multiply the odds of default that it learns. */
  readonly oddsFactor: number;
  readonly learner: Learner;
  /** Predictions of the best round so far, which was chosen on the other folds. */
  kept: Prediction | null;
}

export async function startFold(trainer: Trainer, data: TrainingData, fold: number, imbalance: ImbalanceOptions): Promise<FoldLearner> {
  const { inside, outside } = foldRows(data.fold, fold);
  const rows = { matrix: data.features, rows: outside, label: selectValues(data.target, outside) };
  const { train, oddsFactor } = trainingRows(rows, imbalance);
  const learner = await trainer.start(train, { matrix: data.features, rows: inside });
  return { fold, rows: inside, validTarget: selectValues(data.target, inside), trainTarget: train.label, oddsFactor, learner, kept: null };
}
