import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { features } from '../features/stage.ts';
import { split } from '../split/stage.ts';

export const modelSummary = z.strictObject({
  library: z.literal('xgboost'),
  libraryVersion: z.string(),
  /** Input columns in the order of the model's matrix. */
  features: z.array(z.string()),
  /** Features left out because the catalogue says prohibited. */
  prohibited: z.array(z.string()),
  rounds: z.int(),
  classWeight: z.enum(['none', 'balanced', 'cost']),
  /** Weight of a defaulted row; 1 for classWeight none. */
  positiveWeight: z.number(),
  baseRate: z.number(),
  rows: z.int(),
  positives: z.int(),
  /** One entry a fold: rows of validation, its AUC, the round whose predictions are kept (chosen on the other folds). */
  folds: z.array(z.strictObject({ fold: z.int(), rows: z.int(), positives: z.int(), auc: z.number(), rounds: z.int() })),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ModelSummary = z.infer<typeof modelSummary>;

export const train = defineStage({
  name: 'train',
  description: 'Gradient boosting with out-of-fold predictions, rounds chosen on other folds, business cost per round',
  inputs: { development: split.out.development, catalogue: features.out.catalogue },
  params: z.strictObject({
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
    rounds: z.int().min(1).max(20_000).default(600).describe('most boosting rounds'),
    patience: z.int().min(1).default(60).describe('training stops when the mean log-loss of the folds has not improved for so many rounds'),
    classWeight: z.enum(['none', 'balanced', 'cost']).default('none'),
    costFalseNegative: z.number().gt(0).default(10).describe('cost of granting a loan that defaults'),
    costFalsePositive: z.number().gt(0).default(1).describe('cost of refusing a loan that would be repaid'),
    useProhibited: z.boolean().default(false).describe('train on sex and age as well'),
    measureProhibited: z.boolean().default(true).describe('cross-validate once more with sex and age, to tell what leaving them out costs'),
    seed: z.int().min(0).default(1),
  }),
  outputs: {
    model: artifact.file({ mediaType: 'application/x-xgboost+ubj', extension: '.ubj' }),
    oof: artifact.table({ SK_ID_CURR: 'INTEGER', TARGET: 'TINYINT', fold: 'TINYINT', margin: 'FLOAT', probability: 'FLOAT' }),
    /** Single values: cv_auc, cv_auc_sd, cv_log_loss, …; by round (step): fold<k>_valid_{auc,log_loss,cost}, train ones named fold<k>_train_*. */
    metrics: artifact.metrics(),
    summary: artifact.json(modelSummary),
  },
  resources: { cpus: 2, memory: '4GiB', timeout: '2h' },
  native: ['duckdb', 'xgboost'],
  run: () => import('./run.ts'),
});
