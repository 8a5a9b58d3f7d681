import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { train } from '../train/stage.ts';
import { economicsSchema } from './economics-schema.ts';
import { THRESHOLD_RULES } from './policy.ts';

/** Maps the model's probability to a calibrated one. platt: σ(a·logit p + b); beta: σ(a·ln p − b·ln(1−p) + c); isotonic: linear between points, clipped outside. */
export const calibratorSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none') }),
  z.strictObject({ method: z.literal('platt'), a: z.number(), b: z.number() }),
  z.strictObject({ method: z.literal('beta'), a: z.number(), b: z.number(), c: z.number() }),
  z.strictObject({ method: z.literal('isotonic'), x: z.array(z.number()), y: z.array(z.number()) }),
]);
export type Calibrator = z.infer<typeof calibratorSchema>;

export const decisionSchema = z.strictObject({
  costFalseNegative: z.number(),
  costFalsePositive: z.number(),
  /** Refuse when the calibrated probability is at or above this: cost_FP / (cost_FP + cost_FN) (Elkan 2001), or as `basis` says. */
  threshold: z.number(),
  /** The threshold with the least cost on out-of-fold rows, its bootstrap interval, and what the cost one gives up against it per applicant. */
  thresholdFromData: z.strictObject({ value: z.number(), lo: z.number(), hi: z.number(), regretOfCostThreshold: z.number() }),
  /** How the threshold was set, where not by the costs alone. */
  basis: z
    .strictObject({
      rule: z.enum(THRESHOLD_RULES),
      ruleThreshold: z.number(),
      maxApprovalShare: z.number().nullable(),
      capacityBinds: z.boolean(),
      deploymentRate: z.number().nullable(),
    })
    .optional(),
});
export type Decision = z.infer<typeof decisionSchema>;

export const calibrate = defineStage({
  name: 'calibrate',
  description: 'Chooses a calibration by cross-validation on out-of-fold scores, and the decision threshold from the costs',
  inputs: { oof: train.out.oof },
  params: z.strictObject({
    method: z.enum(['auto', 'none', 'platt', 'beta', 'isotonic']).default('auto'),
    costFalseNegative: z.number().gt(0).default(10),
    costFalsePositive: z.number().gt(0).default(1),
    profit: z
      .strictObject({
        trueNegative: z.number().describe('earned by a loan granted and repaid'),
        falsePositive: z.number().default(0).describe('earned by a payer refused; a loss is negative'),
        falseNegative: z.number().describe('earned by a loan granted that defaults; a loss is negative'),
        truePositive: z.number().default(0).describe('earned by a defaulter refused'),
      })
      .refine((payoffs) => payoffs.trueNegative > payoffs.falsePositive && payoffs.truePositive > payoffs.falseNegative, {
        error: 'a wrong decision must earn less than the right one: trueNegative above falsePositive, truePositive above falseNegative',
      })
      .nullable()
      .default(null)
      .describe('what each outcome earns; where it implies another threshold than the costs, the run says so'),
    threshold: z
      .enum(THRESHOLD_RULES)
      .default('costs')
      .describe('what sets the threshold: the costs, the profit matrix, or the least cost on out-of-fold rows'),
    maxApprovalShare: z
      .number()
      .gt(0)
      .lte(1)
      .nullable()
      .default(null)
      .describe('approve at most this share of the applicants; the threshold falls until they fit'),
    deploymentRate: z
      .number()
      .gt(0)
      .lt(1)
      .nullable()
      .default(null)
      .describe('share of defaults expected where the model will decide, if not that of the data; moves the threshold (Elkan 2001)'),
    bootstrap: z.int().min(50).default(200),
    seed: z.int().min(0).default(3),
  }),
  outputs: {
    calibrator: artifact.json(calibratorSchema),
    decision: artifact.json(decisionSchema),
    /** Matrices and what they imply, regret by threshold, what a limit on approvals costs. */
    economics: artifact.json(economicsSchema),
    /** Cross-validated log-loss, Brier and ECE of each method. */
    metrics: artifact.metrics(),
  },
  resources: { cpus: 1, memory: '1GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
