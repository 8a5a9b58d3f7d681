import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { champion } from '../champion/stage.ts';
import { encode } from '../encode/stage.ts';
import { evaluate } from '../evaluate/stage.ts';

export const verdictSchema = z.strictObject({
  verdict: z.enum(['passed', 'rejected']),
  /** The champion compared with, such as "credit-scoring version 3", or why there was no comparison. */
  against: z.string(),
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      passed: z.boolean(),
      value: z.number().nullable(),
      limit: z.number().nullable(),
      reason: z.string(),
    }),
  ),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const gate = defineStage({
  name: 'gate',
  kind: 'gate',
  description: 'Holds a model back that misses an absolute limit or is worse than the champion on the same holdout rows',
  inputs: {
    evaluation: evaluate.out.evaluation,
    predictions: evaluate.out.predictions,
    holdout: encode.out.holdout,
    decision: calibrate.out.decision,
    champion: champion.out.status,
    championFiles: champion.out.files,
  },
  params: z.strictObject({
    minAuc: z.number().min(0).max(1).default(0.65).describe('least holdout AUC; the lower end of its 95 % interval must reach it'),
    maxEce: z
      .number()
      .gt(0)
      .max(1)
      .default(0.05)
      .describe(
        'largest expected calibration error; a holdout too small to tell allows what a perfectly calibrated model would show there in 99 of 100 cases',
      ),
    maxCostShare: z
      .number()
      .gt(0)
      .default(1)
      .describe(
        'cost per applicant as a share of the better of granting and refusing all; the upper end of its 95 % interval must stay within it',
      ),
    maxAucLoss: z
      .number()
      .min(0)
      .default(0.005)
      .describe(
        'AUC that may be lost against the champion; more is held against the model when the 95 % interval of the paired difference excludes zero',
      ),
    maxCostIncrease: z
      .number()
      .min(0)
      .default(0.01)
      .describe(
        'cost per applicant that may be added to the champion’s; more is held against the model when the 95 % interval of the paired difference excludes zero',
      ),
    bootstrap: z.int().min(50).default(500),
    seed: z.int().min(0).default(11),
  }),
  outputs: { verdict: artifact.json(verdictSchema) },
  resources: { cpus: 2, memory: '2GiB' },
  native: ['duckdb', 'xgboost', 'lightgbm'],
  run: () => import('./run.ts'),
});
