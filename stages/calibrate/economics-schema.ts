import { z } from 'zod';
import { THRESHOLD_RULES } from './policy.ts';

/** What the decision is worth, on cross-fitted out-of-fold rows. Costs and payoffs in the config's unit, per applicant where said. */
export const economicsSchema = z.strictObject({
  costs: z.strictObject({ falseNegative: z.number(), falsePositive: z.number() }),
  payoffs: z.strictObject({ trueNegative: z.number(), falsePositive: z.number(), falseNegative: z.number(), truePositive: z.number() }),
  /** False where the payoffs were made of the costs. */
  payoffsGiven: z.boolean(),
  /** Thresholds that the two matrices imply; a note where they differ. */
  implied: z.strictObject({ costs: z.number(), profit: z.number(), agree: z.boolean(), note: z.string().nullable() }),
  baseRate: z.number(),
  threshold: z.strictObject({
    threshold: z.number(),
    ruleThreshold: z.number(),
    rule: z.enum(THRESHOLD_RULES),
    capacityBinds: z.boolean(),
    maxApprovalShare: z.number().nullable(),
    deploymentRate: z.number().nullable(),
  }),
  /** Cost per applicant given up against the best threshold of the rows. */
  regret: z.array(z.strictObject({ threshold: z.number(), regret: z.number(), lo: z.number(), hi: z.number() })),
  /** Approving at most a tenth, two tenths, … of the applicants. */
  capacity: z.array(
    z.strictObject({
      maxApprovalShare: z.number(),
      threshold: z.number(),
      approvalShare: z.number(),
      badRateAmongApproved: z.number().nullable(),
      costPerApplicant: z.number(),
      profitPerApplicant: z.number(),
    }),
  ),
});
export type Economics = z.infer<typeof economicsSchema>;
