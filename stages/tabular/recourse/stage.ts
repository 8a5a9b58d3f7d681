import { z } from 'zod';
import { artifact, defineStage } from '../../../pipeline/index.ts';
import { calibrate } from '../../calibrate/stage.ts';
import { split } from '../../split/stage.ts';
import { train } from '../../train/stage.ts';
import { ofTrainer } from '../../train/trainer-libraries.ts';
import { datasetSection } from '../dataset-section.ts';
import { tabularFeatures } from '../features/stage.ts';
import { tabularIngest } from '../ingest/stage.ts';
import { tabularRecourseSchema } from './recourse-schema.ts';

export const tabularRecourse = defineStage({
  name: 'recourse',
  description: 'For refused applicants, the least change of what they can change that the real model would approve, or that there is none',
  inputs: {
    applications: tabularIngest.out.application_train,
    /** Which clients the values tried are taken from. */
    development: split.out.development,
    holdout: split.out.holdout,
    catalogue: tabularFeatures.out.catalogue,
    model: train.out.model,
    summary: train.out.summary,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
  },
  sections: { dataset: datasetSection },
  params: z.strictObject({
    clients: z.int().min(1).default(30).describe('refused holdout clients that changes are tried for'),
    changes: z.int().min(1).max(4).default(3).describe('most columns that are changed together'),
    seed: z.int().min(0).default(13),
  }),
  outputs: { recourse: artifact.json(tabularRecourseSchema), page: artifact.report() },
  resources: { cpus: 2, memory: '1GiB' },
  native: ['duckdb', ofTrainer('xgboost'), ofTrainer('lightgbm')],
  run: () => import('./run.ts'),
});
