import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { encode } from '../encode/stage.ts';
import { rawTables } from '../ingest/stage.ts';
import { train } from '../train/stage.ts';
import { recourseSchema } from './recourse-schema.ts';
import { ofTrainer } from '../train/trainer-libraries.ts';

export const recourse = defineStage({
  name: 'recourse',
  description: 'For refused applicants, the smallest change of the loan that the real model would approve, or that there is none',
  inputs: {
    ...rawTables,
    holdout: encode.out.holdout,
    development: encode.out.development,
    /** What fitted columns of other loans are computed from. */
    fitted: encode.out.state,
    model: train.out.model,
    summary: train.out.summary,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
  },
  params: z.strictObject({
    clients: z.int().min(1).default(30).describe('refused holdout clients that other loans are tried for'),
    seed: z.int().min(0).default(13),
  }),
  outputs: { recourse: artifact.json(recourseSchema), page: artifact.report() },
  resources: { cpus: 2, memory: '3GiB' },
  // XGBoost whatever the trainer: the fitted columns of other loans are scored by it.
  native: ['duckdb', 'xgboost', ofTrainer('lightgbm')],
  run: () => import('./run.ts'),
});
