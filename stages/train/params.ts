import { z } from 'zod';
import { STOP_METRICS } from './round-scores.ts';
import { forestParams } from './trainers/forest/params.ts';
import { lightgbmParams } from './trainers/lightgbm/params.ts';
import { logisticParams } from './trainers/logistic/params.ts';
import { mlpParams } from './trainers/mlp/params.ts';
import { scorecardParams } from './trainers/scorecard/params.ts';
import { portableParams } from './trainers/portable/params.ts';

/** One way to make a model each; `trainers/<name>`. */
export const TRAINERS = ['xgboost', 'lightgbm', 'forest', 'logistic', 'scorecard', 'mlp', 'portable', 'dummy'] as const;

/** Those that split a column of categories by sets of them; the others would take its codes for quantities, and do without it. */
export const TAKE_CATEGORIES: ReadonlySet<(typeof TRAINERS)[number]> = new Set(['xgboost', 'lightgbm', 'forest']);

/**
 * What all trainers share lies flat, and so do XGBoost's own settings, for it is the default; every other trainer has its own
 * settings under its name. Keys that a trainer does not read invalidate nothing.
 */
export const trainParams = z.strictObject({
  trainer: z.enum(TRAINERS).default('xgboost').describe('what makes the model; stages/train/README.md says when to use which'),
  eta: z.number().gt(0).lte(1).default(0.05),
  maxDepth: z.int().min(1).max(12).default(4),
  minChildWeight: z
    .number()
    .min(0)
    .default(20)
    .describe('least weight of a leaf, a sum of p(1 − p); a small book lowers it to a tenth of its whole weight'),
  subsample: z.number().gt(0).lte(1).default(0.7),
  colsample: z.number().gt(0).lte(1).default(0.3).describe('share of the columns that a tree may use'),
  lambda: z.number().min(0).default(20),
  alpha: z.number().min(0).default(1),
  maxBin: z.int().min(2).max(1024).default(64),
  monotone: z
    .boolean()
    .default(false)
    .describe('let a feature only raise or only lower the risk, where the catalogue says which; for trees'),
  minLevelRows: z
    .int()
    .min(1)
    .default(20)
    .describe('a category that fewer development rows have is taken for unknown: too few to learn from, and a fold may lack it'),
  rounds: z.int().min(1).max(20_000).default(600).describe('most boosting rounds'),
  patience: z.int().min(1).default(60).describe('training stops when the mean loss of the folds has not improved for so many rounds'),
  stopOn: z
    .enum(STOP_METRICS)
    .default('log_loss')
    .describe('which loss of the validation folds chooses the rounds: log-loss, 1 − AUC, or business cost per applicant'),
  classWeight: z.enum(['none', 'balanced', 'cost']).default('none'),
  resample: z
    .enum(['none', 'undersample', 'smote'])
    .default('none')
    .describe('other training rows, never validation ones: fewer repaid loans, or made-up defaults; experiments/imbalance measures it'),
  resampleShare: z.number().gt(0).lt(1).default(0.3).describe('share of defaults after resampling'),
  costFalseNegative: z.number().gt(0).default(10).describe('cost of granting a loan that defaults'),
  costFalsePositive: z.number().gt(0).default(1).describe('cost of refusing a loan that would be repaid'),
  useProhibited: z.boolean().default(false).describe('train on sex and age as well'),
  measureProhibited: z.boolean().default(true).describe('cross-validate once more with sex and age, to tell what leaving them out costs'),
  learningCurve: z
    .array(z.number().gt(0).lt(1))
    .default([0.25, 0.5])
    .describe('shares of the rows outside the first fold that a model is trained on, to tell whether more clients would help'),
  seed: z.int().min(0).default(1),
  lightgbm: lightgbmParams.prefault({}),
  forest: forestParams.prefault({}),
  portable: portableParams.prefault({}),
  logistic: logisticParams.prefault({}),
  scorecard: scorecardParams.prefault({}),
  mlp: mlpParams.prefault({}),
});
export type TrainParams = z.output<typeof trainParams>;
