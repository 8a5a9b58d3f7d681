import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { encode } from '../encode/stage.ts';
import { explanationReference } from '../explanations/reference.ts';
import { train } from '../train/stage.ts';
import { explanationsSchema } from './explanations-schema.ts';
import { ofTrainer } from '../train/trainer-libraries.ts';

export const explain = defineStage({
  name: 'explain',
  description:
    'Exact contributions of every feature, overall and by applicant; reasons for refusals with stable codes, and a test that they are the real ones',
  inputs: {
    holdout: encode.out.holdout,
    development: encode.out.development,
    oof: train.out.oof,
    model: train.out.model,
    summary: train.out.summary,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
    catalogue: encode.out.catalogue,
  },
  params: z.strictObject({
    rows: z.int().min(1).default(1000).describe('holdout clients that are explained'),
    referenceRows: z.int().min(1).default(1000).describe('granted development clients that applicants are compared with'),
    faithfulnessRows: z.int().min(1).default(150).describe('refused clients whose reasons are put to the deletion test'),
    seed: z.int().min(0).default(11),
  }),
  outputs: {
    explanations: artifact.json(explanationsSchema),
    /** What serving needs to give reasons for one applicant; null where the model has no contributions. */
    reference: artifact.json(explanationReference.nullable()),
    /** Reasons of the refused among the clients explained; rank 1 is the largest. */
    reasons: artifact.table({ SK_ID_CURR: 'INTEGER', rank: 'TINYINT', code: 'VARCHAR', push: 'DOUBLE' }),
    /** SVG files: shap_concepts, shap_importance, shap_beeswarm, shap_dependence_1 to 4, shap_waterfall_1 to 4. */
    figures: artifact.directory(),
    page: artifact.report(),
  },
  resources: { cpus: 2, memory: '3GiB' },
  native: ['duckdb', ofTrainer('xgboost'), ofTrainer('lightgbm')],
  run: () => import('./run.ts'),
});
