import { z } from 'zod';

export const driftLevel = z.enum(['ok', 'watch', 'act', 'broken', 'insufficient']);

const nullable = z.number().nullable();
const figure = z.strictObject({ value: nullable, lo: nullable, hi: nullable });

/** One batch on one line of the history. */
export const historyEntry = z.strictObject({
  batch: z.string(),
  /** What the batch says by itself, and what was decided after confirmation over batches. */
  signal: driftLevel,
  status: driftLevel,
  rows: z.int(),
  sha256: z.string(),
  referenceSha256: z.string(),
  driftedColumns: z.int(),
  driftShare: z.number(),
  scorePsi: z.number().nullable(),
  approvalRate: z.number().nullable(),
  /** The largest shift of a column's missing share, as a fraction of rows. */
  missingShift: z.number(),
  /** What was expected when the batch came, with 95 % bands: later outcomes are held against it. */
  cost: figure.optional(),
  defaultRate: figure.optional(),
  domainAuc: z.number().nullable().optional(),
  /** Once outcomes are known. */
  realisedCost: z.number().nullable().optional(),
  drift: z.enum(['none', 'covariate', 'concept']).optional(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;
