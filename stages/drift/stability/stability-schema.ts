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
