import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { encode } from '../encode/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { split } from '../split/stage.ts';
import { train } from '../train/stage.ts';
import { driftSchema } from './drift-schema.ts';
import { driftLimits, driftMoney } from './limits.ts';
import { ofTrainer } from '../train/trainer-libraries.ts';

export const drift = defineStage({
  name: 'drift',
  description: 'Compares application_train with application_test column by column by Evidently’s default rules, and the scores of both',
  inputs: {
    reference: ingest.out.application_train,
    current: ingest.out.application_test,
    table: encode.out.unseen,
    /** The score’s reference is the holdout: the final model was fitted to the other labelled rows, and would flatter itself on them. */
    folds: split.out.folds,
    model: train.out.model,
    summary: train.out.summary,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
    /** Labelled rows with scores of models not fitted to them, and their features: what estimates before labels rest on. */
    oof: train.out.oof,
    development: encode.out.development,
    catalogue: encode.out.catalogue,
  },
  params: z.strictObject({
    mode: z.enum(['0.4', '0.7']).default('0.7').describe('which Evidently’s type inference and binning'),
    driftShare: z.number().gt(0).lte(1).default(0.5).describe('share of drifted columns from which the dataset counts as drifted'),
    minRows: z.int().min(1).default(500).describe('fewer current rows than this: insufficient'),
    limits: driftLimits.prefault({}),
    money: driftMoney.nullable().default(null),
  }),
  outputs: {
    result: artifact.json(driftSchema),
    page: artifact.report(),
    /** The reference's distinct values with their counts: later comparisons need no reference rows. */
    profile: artifact.table({
      position: 'INTEGER',
      name: 'VARCHAR',
      type: 'VARCHAR',
      number: 'DOUBLE',
      level: 'VARCHAR',
      count: 'BIGINT',
    }),
    /** drift_share, drift_columns, score_psi, … */
    metrics: artifact.metrics(),
  },
  resources: { cpus: 2, memory: '2GiB' },
  native: ['duckdb', 'xgboost', ofTrainer('lightgbm')],
  run: () => import('./run.ts'),
});
