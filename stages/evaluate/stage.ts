import { z } from 'zod';
import { artifact, columns, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { encode } from '../encode/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { train } from '../train/stage.ts';
import { evaluationSchema } from './evaluation-schema.ts';
import { ofTrainer } from '../train/trainer-libraries.ts';

/** The file that reviewers recompute everything from. `decision` is 1 for refuse. */
export const PREDICTION_COLUMNS = {
  SK_ID_CURR: 'INTEGER',
  target: 'TINYINT',
  margin: 'FLOAT',
  probability: 'FLOAT',
  calibrated: 'DOUBLE',
  decision: 'TINYINT',
} as const;

const inputExampleSchema = z.strictObject({
  columns: z.array(z.string()).readonly(),
  rows: z.array(z.array(z.number().nullable()).readonly()).readonly(),
});

export const evaluate = defineStage({
  name: 'evaluate',
  description: 'Judges model, calibration and threshold once on the untouched holdout, with intervals, figures, fairness and exact SHAP',
  inputs: {
    holdout: encode.out.holdout,
    model: train.out.model,
    summary: train.out.summary,
    trainMetrics: train.out.metrics,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
    catalogue: encode.out.catalogue,
    /** Sex, age and loan type: measured here, not model inputs. */
    applications: columns(ingest.out.application_train, ['SK_ID_CURR', 'CODE_GENDER', 'DAYS_BIRTH', 'NAME_CONTRACT_TYPE']),
  },
  params: z.strictObject({
    bootstrap: z.int().min(50).default(500),
    shapRows: z.int().min(1).default(2000).describe('holdout rows explained for the global importance'),
    seed: z.int().min(0).default(5),
  }),
  outputs: {
    predictions: artifact.table(PREDICTION_COLUMNS),
    /** holdout_auc, holdout_auc_lo, holdout_auc_hi, holdout_gini, holdout_ks, holdout_pr_auc, holdout_log_loss, holdout_brier, holdout_ece, holdout_cost_per_applicant, threshold, … */
    metrics: artifact.metrics(),
    evaluation: artifact.json(evaluationSchema),
    /** SVG files: roc, precision_recall, calibration, cost_curve, lift, importance, rounds. */
    figures: artifact.directory(),
    /** SK_ID_CURR and the model's inputs of the first 1,000 clients: score them again and compare with `predictions`. */
    sample: artifact.table({ SK_ID_CURR: 'INTEGER' }, { open: true }),
    /** The first rows as the model takes them, null for a missing value. */
    example: artifact.json(inputExampleSchema),
  },
  resources: { cpus: 2, memory: '3GiB' },
  native: ['duckdb', ofTrainer('xgboost'), ofTrainer('lightgbm')],
  run: () => import('./run.ts'),
});
