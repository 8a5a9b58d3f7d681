import { z } from 'zod';

const levels = z.strictObject({ levels: z.array(z.string()), share: z.number() });

/** What stands behind a column's banking PSI; see stability/psi-evidence.ts. */
export const stabilitySchema = z.strictObject({
  /** PSI = missingPart + valuePart: how many values are missing, and how the others are spread. */
  missingPart: z.number(),
  valuePart: z.number(),
  bins: z.int(),
  expected: z.number(),
  critical: z.number(),
  excess: z.number(),
  p: z.number().nullable(),
  /** Adjusted for the number of columns (Benjamini–Hochberg). */
  pAdjusted: z.number().nullable(),
  /** Levels that came and went; null for a number. */
  unseen: levels.nullable(),
  vanished: levels.nullable(),
  /** Share of current rows beyond the reference's least and greatest value; null for levels, left out by earlier versions. */
  outOfRange: z.strictObject({ below: z.number(), above: z.number() }).nullable().optional(),
});
export type Stability = z.infer<typeof stabilitySchema>;

/** What no rule asks for, but a reader may: see stability/column-measures.ts. */
export const measuresSchema = z.strictObject({
  /** Distinct values. */
  distinct: z.strictObject({ reference: z.int(), current: z.int() }),
  /** Kolmogorov–Smirnov: the largest gap between the two distribution functions; null for levels. Its p-value is the score where Evidently asks for that test. */
  ks: z.number().nullable(),
  /** Wasserstein's distance over the reference's interquartile range ÷ 1.349; null for levels and where that range is nought. */
  wassersteinRobust: z.number().nullable(),
  /** Jensen–Shannon distance over the bins below, to base 2: 0 to 1. */
  jensenShannonBits: z.number(),
  /** Of the population stability index, which is the sum of their contributions; counts of rows. */
  bins: z.array(
    z.strictObject({
      kind: z.enum(['values', 'level', 'others', 'missing']),
      label: z.string().nullable(),
      /** From (inclusive) and to (exclusive); null is open; the same twice is one value. */
      from: z.number().nullable(),
      to: z.number().nullable(),
      reference: z.number(),
      current: z.number(),
      contribution: z.number(),
    }),
  ),
});
export type Measures = z.infer<typeof measuresSchema>;
