import { z } from 'zod';

export const driftLevel = z.enum(['ok', 'watch', 'act', 'broken', 'insufficient']);

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
});
export type HistoryEntry = z.infer<typeof historyEntry>;
