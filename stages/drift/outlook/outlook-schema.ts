import { z } from 'zod';

const nullable = z.number().nullable();
/** Null where there is nobody to have the figure. */
const figure = z.strictObject({ value: nullable, lo: nullable, hi: nullable });
const estimate = z.strictObject({
  rows: z.int(),
  auc: figure,
  averagePrecision: figure,
  precision: figure,
  recall: figure,
  f1: figure,
  defaultRate: figure,
  costPerLoan: figure,
});
const populations = z.strictObject({ all: estimate, approved: estimate, rejected: estimate });

/** Performance before labels; see estimate/estimate-performance.ts. */
export const estimateSchema = z.strictObject({
  threshold: z.number(),
  costs: z.strictObject({ falseNegative: z.number(), falsePositive: z.number() }),
  calibration: z.string(),
  /** The same decisions on the reference's labelled rows by out-of-fold scores: what has been. */
  reference: z.strictObject({ rows: z.int(), auc: nullable, defaultRate: nullable, costPerLoan: nullable }),
  /** As if applicants with a score default as they did. */
  confidenceBased: populations,
  /** The same with reference rows weighted by how like the current ones they are; its gap to the other is the doubt in both. Null where the calibration fits nothing. */
  weighted: populations.nullable(),
  /** How many reference rows the weighted estimate rests on. */
  effectiveSampleSize: nullable,
});

const part = z.strictObject({ name: z.string(), delta: z.number(), lo: z.number(), hi: z.number() });
/** Why the mean score moved; see shift/score-shift.ts. */
export const shiftSchema = z.strictObject({
  rows: z.strictObject({ reference: z.int(), current: z.int() }),
  delta: z.number(),
  concepts: z.array(part),
  features: z.array(part),
  sumError: z.number(),
});

/** All features together; see joint/domain-classifier.ts. */
export const jointSchema = z.strictObject({
  rows: z.strictObject({ reference: z.int(), current: z.int() }),
  domainAuc: z.strictObject({ value: nullable, lo: nullable, hi: nullable }),
  top: z.array(z.strictObject({ feature: z.string(), strength: z.number() })),
});

export type EstimateResult = z.infer<typeof estimateSchema>;
export type ShiftResult = z.infer<typeof shiftSchema>;
export type JointResult = z.infer<typeof jointSchema>;
export type EstimatedPopulations = z.infer<typeof populations>;
