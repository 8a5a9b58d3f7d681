import { z } from 'zod';
import { calibrationBinsSchema, curveSchema as curve, intervalSchema as interval } from '../metrics/metric-schemas.ts';

/** All that evaluate found on the holdout: what the report, the model card and the gate read. Null where a number does not exist. */
export const evaluationSchema = z.strictObject({
  rows: z.int(),
  positives: z.int(),
  /** 95 % intervals: AUC by DeLong, the others by a stratified bootstrap of the holdout. */
  headline: z.strictObject({
    auc: interval,
    gini: interval,
    ks: interval,
    prAuc: interval,
    logLoss: interval,
    brier: interval,
    ece: interval,
    costPerApplicant: interval,
  }),
  /** Costs per applicant of the trivial rules, for scale. */
  baselines: z.strictObject({ acceptAll: z.number(), refuseAll: z.number() }),
  threshold: z.number(),
  confusion: z.strictObject({ tn: z.int(), fp: z.int(), fn: z.int(), tp: z.int() }),
  approvalRate: z.number(),
  badRateAmongApproved: z.number().nullable(),
  calibration: calibrationBinsSchema,
  lift: z.array(z.strictObject({ decile: z.int(), count: z.int(), positives: z.int(), rate: z.number(), lift: z.number() })),
  roc: curve,
  precisionRecall: curve,
  costCurve: curve,
  importance: z.array(z.strictObject({ feature: z.string(), concept: z.string(), meanAbsShap: z.number() })),
  shapAdditivityError: z.number(),
  fairness: z.array(
    z.strictObject({
      attribute: z.string(),
      groups: z.array(
        z.strictObject({
          group: z.string(),
          rows: z.int(),
          positives: z.int(),
          approvalRate: z.number(),
          /** Share of good customers refused, and of defaults caught; null where the group has none. */
          falsePositiveRate: z.number().nullable(),
          truePositiveRate: z.number().nullable(),
          meanPredicted: z.number(),
          observedRate: z.number(),
        }),
      ),
      /** Smallest over largest approval rate, with its bootstrap interval; groups under 30 rows are left out. */
      adverseImpactRatio: interval.nullable(),
    }),
  ),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
