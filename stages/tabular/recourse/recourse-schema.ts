import { z } from 'zod';

const value = z.union([z.string(), z.number()]).nullable();

/** What would have turned refusals into approvals, for a sample of refused holdout clients of a single table. */
export const tabularRecourseSchema = z.strictObject({
  threshold: z.number(),
  /** Columns that the config says the applicant can change, and the values that were tried. */
  changeable: z.array(z.strictObject({ column: z.string(), values: z.array(value) })),
  clients: z.array(
    z.strictObject({
      client: z.int(),
      /** Calibrated probability of what was asked, and the lowest of what was tried. */
      calibrated: z.number(),
      lowest: z.number(),
      tried: z.int(),
      /** Null where nothing tried is approved. */
      found: z
        .strictObject({
          changes: z.array(z.strictObject({ column: z.string(), from: value, to: value })),
          effort: z.number(),
          calibrated: z.number(),
        })
        .nullable(),
      en: z.string(),
      fr: z.string(),
    }),
  ),
});
export type TabularRecourse = z.infer<typeof tabularRecourseSchema>;
