import { z } from 'zod';
import { judgedWaiver } from '../gate/waivers.ts';
import { driftLevel, historyEntry } from './history-schema.ts';
import { driftMoney } from './limits.ts';
import { estimateSchema, importanceSchema, jointSchema, realisedSchema, shiftSchema } from './outlook/outlook-schema.ts';
import { segmentsSchema } from './segments/segments-schema.ts';
import { measuresSchema, stabilitySchema } from './stability/stability-schema.ts';

const nullableNumber = z.number().nullable();

const driftColumn = z.strictObject({
  name: z.string(),
  type: z.enum(['num', 'cat']),
  /** Share of rows with no usable value: null, NaN or infinite. */
  missing: z.strictObject({ reference: z.number(), current: z.number() }),
  /** Null with a skipReason where the column cannot be compared. */
  evidently: z.strictObject({ test: z.string(), score: nullableNumber, threshold: z.number(), drifted: z.boolean() }).nullable(),
  /** The distance that chance alone would give at these row counts; null where the score is a p-value. */
  chance: nullableNumber,
  /** Banking PSI on reference deciles (or levels) with a bin for missing values. */
  psi: nullableNumber,
  /** Its parts, and what chance alone gives. Left out where the column cannot be compared. */
  stability: stabilitySchema.optional(),
  /** Other distances, and the bins. Left out with it, and by earlier versions. */
  measures: measuresSchema.optional(),
  /** Shares of all rows of either part; the last bar is the missing ones. */
  histogram: z.strictObject({ labels: z.array(z.string()), reference: z.array(z.number()), current: z.array(z.number()) }).nullable(),
  skipReason: z.string().nullable(),
});
export type DriftColumn = z.infer<typeof driftColumn>;

/** What was decided: rules, waivers, confirmation over batches. In a run there is one batch and no waiver. */
const driftDecision = z.strictObject({
  batch: z.string(),
  signal: driftLevel,
  status: driftLevel,
  exit: z.int(),
  retrain: z.boolean(),
  held: z.string().nullable(),
  heldFrench: z.string().nullable(),
  confirm: z.strictObject({ act: z.int(), of: z.int(), coolDown: z.int() }),
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      level: driftLevel,
      value: nullableNumber,
      limit: nullableNumber,
      text: z.string(),
      french: z.string(),
      waiver: judgedWaiver.nullable(),
    }),
  ),
  /** The batches before and this one, oldest first. */
  history: z.array(historyEntry),
});

/** `drift.json`, schema drift/1. No NaN or infinity: null with a reason instead. */
export const driftSchema = z.strictObject({
  schema: z.literal('drift/1'),
  reference: z.strictObject({ name: z.string(), rows: z.int(), sha256: z.string() }),
  current: z.strictObject({ name: z.string(), rows: z.int(), sha256: z.string() }),
  /** What scored both parts; sha256 null for scores that the files held. Null or left out without any score. */
  model: z.strictObject({ sha256: z.string().nullable(), threshold: nullableNumber }).nullable().optional(),
  /** Digest of the policy with all its defaults; left out in a run, where params.drift says as much. */
  policySha256: z.string().optional(),
  verdict: z.strictObject({ status: driftLevel, reasons: z.array(z.string()) }),
  evidently: z.strictObject({
    mode: z.enum(['0.4', '0.7']),
    driftShare: z.number(),
    numberOfColumns: z.int(),
    numberOfDriftedColumns: z.int(),
    shareOfDriftedColumns: z.number(),
    datasetDrift: z.boolean(),
  }),
  columns: z.array(driftColumn),
  score: z
    .strictObject({
      psi: nullableNumber,
      /** P(PSI this large | nothing has changed). */
      psiP: nullableNumber.optional(),
      /** The reference's deciles of the score, ascending; the last one for rows without a score where there are any. */
      bands: z
        .array(
          z.strictObject({
            /** Uncalibrated probability from (inclusive) and to (exclusive); null: open, or no score. */
            from: nullableNumber,
            to: nullableNumber,
            reference: z.number(),
            current: z.number(),
            contribution: z.number(),
            /** Mean calibrated probability of default of the current rows in it. */
            expectedDefaultRate: nullableNumber,
          }),
        )
        .optional(),
      meanPdReference: nullableNumber,
      meanPdCurrent: nullableNumber,
      approvalRateReference: nullableNumber,
      approvalRateCurrent: nullableNumber,
    })
    .nullable(),
  /** Performance before labels, why the mean score moved, and whether a model can tell the parts apart. Left out without a model, null where they cannot be computed. */
  estimate: estimateSchema.nullable().optional(),
  shift: shiftSchema.nullable().optional(),
  joint: jointSchema.nullable().optional(),
  importance: importanceSchema.nullable().optional(),
  /** Null until outcomes of the current part are known. */
  realised: realisedSchema.nullable().optional(),
  /** Scores and approvals group by group; null where no part has a score or no column groups the applicants. */
  segments: segmentsSchema.nullable().optional(),
  /** Why one of these is null, by its name. */
  unknown: z.record(z.string(), z.string()).optional(),
  /** What a unit of cost is worth; left out where nobody said. */
  money: driftMoney.optional(),
  decision: driftDecision.optional(),
});
export type DriftResult = z.infer<typeof driftSchema>;
