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

const range = z.strictObject({ lo: z.number(), hi: z.number() });
const swapped = z.strictObject({
  rows: z.int(),
  /** The model's own probability of those rows, least and most. */
  from: nullable,
  to: nullable,
  expectedDefaultRate: nullable,
});

/** Performance before labels; see estimate/estimate-performance.ts. */
export const estimateSchema = z.strictObject({
  threshold: z.number(),
  costs: z.strictObject({ falseNegative: z.number(), falsePositive: z.number() }),
  calibration: z.string(),
  /** The same decisions on the reference's labelled rows by out-of-fold scores: what has been. */
  reference: z.strictObject({
    rows: z.int(),
    auc: nullable,
    defaultRate: nullable,
    costPerLoan: nullable,
    /** Of the mean cost over these rows. */
    costStandardError: nullable.optional(),
  }),
  /** As if applicants with a score default as they did. */
  confidenceBased: populations,
  /** The same with reference rows weighted by how like the current ones they are; its gap to the other is the doubt in both. Null where no weights are known. */
  weighted: populations.nullable(),
  /** How many reference rows the weighted estimate rests on. */
  effectiveSampleSize: nullable,
  /** Where figures of tenths of the reference lie, mean ± 3σ; see usual-figures.ts. Null where a tenth lacks a class. */
  usual: z.strictObject({ chunks: z.int(), rows: z.int(), auc: range, defaultRate: range, costPerLoan: range }).nullable().optional(),
  /** Who would change sides under a cut-off set anew; see expected-swaps.ts. */
  swapSet: z
    .strictObject({
      /** Refused from this calibrated probability on. */
      threshold: z.number(),
      /** Refused today, granted then; and the other way round. */
      swappedIn: swapped,
      swappedOut: swapped,
      /** Cost a loan that the swaps add, over all rows; negative saves. */
      costChange: z.number(),
    })
    .optional(),
});

const part = z.strictObject({ name: z.string(), delta: z.number(), lo: z.number(), hi: z.number() });
/** Why the mean score moved; see shift/score-shift.ts. */
export const shiftSchema = z.strictObject({
  rows: z.strictObject({ reference: z.int(), current: z.int() }),
  delta: z.number(),
  /** Standard error of `delta`, of the rows looked at. */
  se: z.number().optional(),
  concepts: z.array(part),
  features: z.array(part),
  sumError: z.number(),
});

/** All features together; see joint/domain-classifier.ts. */
export const jointSchema = z.strictObject({
  rows: z.strictObject({ reference: z.int(), current: z.int() }),
  domainAuc: z.strictObject({ value: nullable, lo: nullable, hi: nullable }),
  top: z.array(z.strictObject({ feature: z.string(), strength: z.number() })),
  /** What principal components of the reference leave unexplained; see joint/reconstruction-error.ts. Null where there is too little to fit. */
  reconstruction: z
    .strictObject({
      features: z.int(),
      components: z.int(),
      reference: z.number(),
      current: z.number(),
      /** current / reference − 1, and the difference over its standard error. */
      rise: z.number(),
      z: z.number(),
    })
    .nullable()
    .optional(),
});

/** Drift of the model's features beside how much each moves scores; see outlook/feature-drift.ts. */
export const importanceSchema = z.strictObject({
  /** Σ importance · excess ÷ Σ importance over the features looked at. */
  weightedDrift: z.number(),
  /** What share of all importance those have. */
  coverage: z.number(),
  features: z.array(
    z.strictObject({
      feature: z.string(),
      concept: z.string(),
      rank: z.int(),
      /** Mean |contribution| in log-odds over reference rows. */
      importance: z.number(),
      psi: z.number(),
      /** PSI less what chance gives on average, not below 0. */
      excess: z.number(),
      p: nullable,
    }),
  ),
});

/** Performance once labels are there, on the rows that have one; see realised/realised-performance.ts. */
export const realisedSchema = z.strictObject({
  /** Rows of the current part with an outcome, and without. */
  rows: z.int(),
  unlabelled: z.int(),
  auc: figure,
  defaultRate: figure,
  costPerLoan: figure,
  /** What was expected of the same rows: told by the history when the batch first came, or estimated now. */
  expected: z.strictObject({ source: z.enum(['history', 'now']), defaultRate: figure, costPerLoan: figure }),
  /** Realised less expected cost over its standard error. */
  z: z.number(),
  /** The cost a loan if every row without an outcome repaid, or defaulted; null where all have one. */
  bounds: z.strictObject({ lo: z.number(), hi: z.number() }).nullable(),
  /** concept: outcomes lie beyond chance (99.9 %) from what was expected of these scores. covariate: they do not, and the applicants have changed. none: neither. */
  drift: z.enum(['none', 'covariate', 'concept']),
});

export type EstimateResult = z.infer<typeof estimateSchema>;
export type ShiftResult = z.infer<typeof shiftSchema>;
export type JointResult = z.infer<typeof jointSchema>;
export type ImportanceResult = z.infer<typeof importanceSchema>;
export type RealisedResult = z.infer<typeof realisedSchema>;
export type FigureResult = z.infer<typeof figure>;
export type EstimatedPopulations = z.infer<typeof populations>;
