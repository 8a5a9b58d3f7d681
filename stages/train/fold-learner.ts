import type { FloatMatrix } from '../../pipeline/index.ts';
import type { Prediction } from '../scoring/model/fitted-model.ts';
import { rowWeights } from './class-weight.ts';
import { type Development, foldRows } from './development.ts';
import { selectValues } from './select-values.ts';
import type { Learner, Trainer } from './trainers/trainer.ts';

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
  readonly trainTarget: Float32Array;
  readonly learner: Learner;
  /** Predictions of the best round so far, which was chosen on the other folds. */
  kept: Prediction | null;
}

export async function startFold(trainer: Trainer, data: TrainingData, fold: number, positiveWeight: number): Promise<FoldLearner> {
  const { inside, outside } = foldRows(data.fold, fold);
  const [validTarget, trainTarget] = [selectValues(data.target, inside), selectValues(data.target, outside)];
  const train = { matrix: data.features, rows: outside, label: trainTarget, weight: rowWeights(trainTarget, positiveWeight) };
  const learner = await trainer.start(train, { matrix: data.features, rows: inside });
  return { fold, rows: inside, validTarget, trainTarget, learner, kept: null };
}
