import { z } from 'zod';
import { economicsSchema } from '../calibrate/economics-schema.ts';
import { prohibitedDecisions } from './fairness/prohibited-decisions.ts';
import { calibrationBinsSchema, curveSchema as curve, intervalSchema } from '../metrics/metric-schemas.ts';

const maybe = intervalSchema.nullable();

/** What the decision is worth, and to whom, on the holdout. Null where a number does not exist; intervals hold 95 %. */
export const assessmentSchema = z.strictObject({
  rows: z.int(),
  positives: z.int(),
  threshold: z.number(),
  ranking: z.strictObject({
    /** Share of the expected loss of no model that the score saves when the cost ratio follows Beta(alpha, beta) (Hand 2009). */
    hMeasure: intervalSchema,
    belief: z.strictObject({ alpha: z.number(), beta: z.number() }),
    /** Expected maximum profit a loan, as a share of its amount, and the share to refuse for it (Verbraken 2014). */
    expectedMaximumProfit: intervalSchema,
    profitRefusedShare: z.number(),
    maximumProfit: z.number(),
  }),
  brier: z.strictObject({
    brier: z.number(),
    reliability: z.number(),
    resolution: z.number(),
    uncertainty: z.number(),
    withinBins: z.number(),
  }),
  /** Of the decisions at the threshold. */
  decisions: z.strictObject({
    precision: z.number(),
    recall: z.number(),
    f1: z.number(),
    accuracy: z.number(),
    balancedAccuracy: z.number(),
    mcc: z.number(),
  }),
  gains: curve,
  profit: z.strictObject({
    payoffs: economicsSchema.shape.payoffs,
    perApplicant: intervalSchema,
    grantAll: z.number(),
    refuseAll: z.number(),
    /** By threshold. */
    curve,
  }),
  /** Costs of each loan from its amount, loss given default and margin (Bahnsen 2014); null where the table has no terms. */
  loans: z
    .strictObject({
      rows: z.int(),
      /** Without amount or annuity, left out. */
      leftOut: z.int(),
      lossGivenDefault: z.number(),
      fundingRate: z.number(),
      interestRate: z.number(),
      /** Money a loan; savings against the better of granting and refusing all. */
      rules: z.array(z.strictObject({ rule: z.string(), costPerLoan: intervalSchema, savings: maybe, approvalRate: z.number() })),
      /** Quartiles of the loans' own thresholds. */
      thresholds: z.strictObject({ q1: z.number(), median: z.number(), q3: z.number() }),
    })
    .nullable(),
  /** Net benefit per applicant, in defaults caught, by threshold; refusing nobody has 0. The gain is over the better of that and refusing all. */
  decisionCurve: z.array(z.strictObject({ threshold: z.number(), model: z.number(), refuseAll: z.number(), gain: intervalSchema })),
  slices: z.array(
    z.strictObject({
      attribute: z.string(),
      groups: z.array(
        z.strictObject({
          group: z.string(),
          rows: z.int(),
          positives: z.int(),
          auc: maybe,
          ece: z.number().nullable(),
          /** Five bins of equal count by calibrated probability; null where the group is too small. */
          reliability: calibrationBinsSchema.nullable(),
          observed: z.number().nullable(),
          predicted: z.number().nullable(),
          /** Observed less predicted rate. */
          miscalibration: maybe,
          approvalRate: maybe,
          badRateAmongApproved: maybe,
          costPerApplicant: maybe,
          costGrantAll: z.number().nullable(),
        }),
      ),
    }),
  ),
  /** Holdout clients in the order of a stand-in for time; null where there is none. */
  time: z
    .strictObject({
      proxy: z.string(),
      withoutProxy: z.int(),
      bands: z.array(
        z.strictObject({
          rows: z.int(),
          positives: z.int(),
          auc: maybe,
          observed: z.number(),
          predicted: z.number(),
          costPerApplicant: z.number(),
        }),
      ),
      /** AUC of the last band less that of the others, with its interval. */
      lastLessOthers: maybe,
      /** mean(gini) + 88·min(0, slope) − 0.5·sd(residuals) over the bands (Home Credit 2024); null where a band has no AUC. */
      giniStability: z.number().nullable(),
    })
    .nullable(),
  fairness: z.strictObject({
    profile: z.string(),
    about: z.string(),
    binding: z.boolean(),
    minImpactRatio: z.number().nullable(),
    groupThresholds: z.enum(['unlawful', 'unsettled']),
    attributes: z.array(
      z.strictObject({
        attribute: z.string(),
        profile: z.string(),
        /** Groups large enough, by name. */
        compared: z.array(z.string()),
        lowest: z.string().nullable(),
        highest: z.string().nullable(),
        /** Lowest over highest approval rate. */
        adverseImpactRatio: maybe,
        approvalGap: maybe,
        truePositiveGap: maybe,
        falsePositiveGap: maybe,
        miscalibrationGap: maybe,
        belowLimit: z.enum(['surely', 'within chance', 'no']).nullable(),
      }),
    ),
    /** Attributes whose ratio is surely below a limit that binds. */
    breaches: z.array(z.string()),
    /** Least cost per applicant by ratio of approval rates, with thresholds by group chosen on these rows. */
    curves: z.array(
      z.strictObject({
        attribute: z.string(),
        rows: z.int(),
        unconstrained: z.number(),
        points: z.array(z.strictObject({ ratio: z.number(), costPerApplicant: z.number() })),
      }),
    ),
    /** Cross-validated with the prohibited features and without; null where training did not measure it. */
    withProhibited: z
      .strictObject({
        auc: z.number(),
        aucWith: z.number(),
        logLoss: z.number(),
        logLossWith: z.number(),
        /** Decisions out of fold on the development rows, at the run's threshold; null where only the metrics are known. */
        decisions: prohibitedDecisions.nullable(),
      })
      .nullable(),
  }),
  /** AUC on one validation fold by number of training rows; empty where training measured none. */
  learning: z.array(z.strictObject({ rows: z.number(), auc: z.number(), logLoss: z.number(), cost: z.number() })),
});
export type Assessment = z.infer<typeof assessmentSchema>;
