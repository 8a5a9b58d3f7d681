import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { encode } from '../encode/stage.ts';
import { MODEL_FORMATS } from '../scoring/model/formats.ts';
import { trainParams } from './params.ts';
import { ofTrainer } from './trainer-libraries.ts';

export const modelSummary = z.strictObject({
  /** As `params.train.trainer` named it. Summaries from before there were others are XGBoost's. */
  trainer: z.string().default('xgboost'),
  /** What the model's file is; `loadFittedModel` goes by it. */
  format: z.enum(MODEL_FORMATS).default('xgboost-ubj'),
  library: z.string(),
  libraryVersion: z.string(),
  /** Input columns in the order of the model's matrix. */
  features: z.array(z.string()),
  /** Features left out because the catalogue says prohibited. */
  prohibited: z.array(z.string()),
  /** 1 for a trainer that fits at once. */
  rounds: z.int(),
  classWeight: z.enum(['none', 'balanced', 'cost']),
  /** By how much training multiplies the odds of default: the class weight times what resampling does; 1 for none. The calibration undoes it. */
  positiveWeight: z.number(),
  /** Of each feature of categories: what its values 0, 1, … stand for, how many development rows had it, and whether the model knows it. Others are unknown to it: NaN. */
  categories: z.record(z.string(), z.array(z.strictObject({ level: z.string(), rows: z.int(), known: z.boolean() }))).optional(),
  baseRate: z.number(),
  rows: z.int(),
  positives: z.int(),
  /** One entry a fold: rows of validation, its AUC, the round whose predictions are kept (chosen on the other folds). */
  folds: z.array(z.strictObject({ fold: z.int(), rows: z.int(), positives: z.int(), auc: z.number(), rounds: z.int() })),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ModelSummary = z.infer<typeof modelSummary>;

const OOF = { SK_ID_CURR: 'INTEGER', TARGET: 'TINYINT', fold: 'TINYINT', margin: 'FLOAT', probability: 'FLOAT' } as const;

export const train = defineStage({
  name: 'train',
  description: 'Trains with out-of-fold predictions, rounds chosen on other folds, business cost per round; by default gradient boosting',
  inputs: { development: encode.out.development, catalogue: encode.out.catalogue },
  params: trainParams,
  outputs: {
    /**
     * `summary.format` says what it is. Its name in the store ends in .ubj whatever that is: XGBoost in Python goes by the ending, no other
     * reader does, and an ending must be declared before a config is read. Where it is registered, it is named by its format.
     */
    model: artifact.file({ mediaType: 'application/x-xgboost+ubj', extension: '.ubj' }),
    oof: artifact.table(OOF),
    /** The same of a model that may use the prohibited features as well; empty where it is not measured. */
    oofWithProhibited: artifact.table(OOF),
    /** Single values: cv_auc, cv_auc_sd, cv_log_loss, …; by round (step): fold<k>_valid_{auc,log_loss,cost}, train ones named fold<k>_train_*. */
    metrics: artifact.metrics(),
    summary: artifact.json(modelSummary),
  },
  resources: { cpus: 2, memory: '4GiB', timeout: '2h' },
  native: ['duckdb', ofTrainer('xgboost'), ofTrainer('lightgbm')],
  run: () => import('./run.ts'),
});
