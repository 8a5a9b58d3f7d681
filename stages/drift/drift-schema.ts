import { z } from 'zod';
import { stabilitySchema } from './stability/stability-schema.ts';

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
  /** Shares of all rows of either part; the last bar is the missing ones. */
  histogram: z.strictObject({ labels: z.array(z.string()), reference: z.array(z.number()), current: z.array(z.number()) }).nullable(),
  skipReason: z.string().nullable(),
});
export type DriftColumn = z.infer<typeof driftColumn>;

/** `drift.json`, schema drift/1. No NaN or infinity: null with a reason instead. */
export const driftSchema = z.strictObject({
  schema: z.literal('drift/1'),
  reference: z.strictObject({ name: z.string(), rows: z.int(), sha256: z.string() }),
  current: z.strictObject({ name: z.string(), rows: z.int(), sha256: z.string() }),
  verdict: z.strictObject({ status: z.enum(['ok', 'watch', 'act', 'insufficient']), reasons: z.array(z.string()) }),
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
      meanPdReference: nullableNumber,
      meanPdCurrent: nullableNumber,
      approvalRateReference: nullableNumber,
      approvalRateCurrent: nullableNumber,
    })
    .nullable(),
});
export type DriftResult = z.infer<typeof driftSchema>;
