import { z } from 'zod';
import { artifact, columns, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { evaluate } from '../evaluate/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { train } from '../train/stage.ts';
import { assessmentSchema } from './assessment-schema.ts';
import { jurisdictionSection, jurisdictionSource } from './fairness/jurisdiction.ts';

export const assess = defineStage({
  name: 'assess',
  description:
    'What the decision is worth and to whom, on the holdout: profit, loans, H-measure, slices, order of time, fairness by jurisdiction',
  inputs: {
    predictions: evaluate.out.predictions,
    decision: calibrate.out.decision,
    economics: calibrate.out.economics,
    trainMetrics: train.out.metrics,
    oof: train.out.oof,
    oofWithProhibited: train.out.oofWithProhibited,
    applications: columns(ingest.out.application_train, [
      'SK_ID_CURR',
      'CODE_GENDER',
      'DAYS_BIRTH',
      'NAME_CONTRACT_TYPE',
      'REGION_RATING_CLIENT',
      'NAME_FAMILY_STATUS',
      'AMT_CREDIT',
      'AMT_ANNUITY',
    ]),
    bureau: columns(ingest.out.bureau, ['SK_ID_CURR', 'SK_ID_BUREAU']),
    previous: columns(ingest.out.previous_application, ['SK_ID_CURR']),
    profiles: jurisdictionSource,
  },
  sections: { jurisdiction: jurisdictionSection },
  params: z.strictObject({
    bootstrap: z.int().min(50).default(300),
    seed: z.int().min(0).default(17),
    lossGivenDefault: z.number().gt(0).lte(1).default(0.75).describe('share of the amount that a default loses (Bahnsen 2014)'),
    fundingRate: z.number().min(0).lt(1).default(0.0294).describe('what the lender pays for money, a year'),
    interestRate: z
      .number()
      .min(0)
      .lt(5)
      .default(0.15)
      .describe('a year; the number of instalments follows from it, since the data do not say it'),
  }),
  outputs: {
    assessment: artifact.json(assessmentSchema),
    /** One column an attribute: the group of each holdout client. */
    groups: artifact.table({ SK_ID_CURR: 'INTEGER' }, { open: true }),
    metrics: artifact.metrics(),
    page: artifact.report(),
  },
  resources: { cpus: 1, memory: '1GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
