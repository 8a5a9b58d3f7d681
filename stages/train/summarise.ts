import type { Categories } from '../scoring/model/known-categories.ts';
import type { ChosenFeatures } from './choose-features.ts';
import type { CrossValidation } from './cross-validate.ts';
import type { TrainingData } from './fold-learner.ts';
import type { TrainParams } from './params.ts';
import type { ResampleOptions } from './resample/resample-rows.ts';
import type { ModelSummary } from './stage.ts';
import type { Trainer } from './trainers/trainer.ts';

interface SummaryParts {
  readonly trainer: Trainer;
  readonly params: Pick<TrainParams, 'trainer' | 'classWeight'>;
  readonly data: TrainingData;
  readonly chosen: ChosenFeatures;
  readonly cv: CrossValidation;
  readonly resampling: ResampleOptions | null;
  readonly categories: Categories;
}

/** What readers of the model need to know of it. */
export function summarise({ trainer, params, data, chosen, cv, resampling, categories }: SummaryParts): ModelSummary {
  const positives = data.target.reduce((sum, value) => sum + value, 0);
  return {
    trainer: params.trainer,
    format: trainer.format,
    library: trainer.library,
    libraryVersion: trainer.libraryVersion,
    features: [...chosen.used],
    prohibited: [...chosen.prohibited],
    rounds: cv.bestRound,
    classWeight: params.classWeight,
    positiveWeight: cv.oddsFactor,
    ...(Object.keys(categories).length === 0 ? {} : { categories }),
    baseRate: positives / data.target.length,
    rows: data.target.length,
    positives,
    folds: cv.folds.map(({ fold, rows, positives: defaults, auc, rounds }) => ({ fold, rows, positives: defaults, auc, rounds })),
    parameters: {
      ...trainer.parameters,
      ...(resampling === null ? {} : { resample: resampling.resample, resample_share: resampling.resampleShare }),
    },
  };
}
