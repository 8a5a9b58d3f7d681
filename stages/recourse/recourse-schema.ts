import { z } from 'zod';
import { plausibleRanges } from '../explanations/counterfactual/plausible-ranges.ts';

const terms = z.strictObject({ credit: z.number(), annuity: z.number().nullable(), goods: z.number().nullable() });

/** What would have turned refusals into approvals, for a sample of refused holdout clients. */
export const recourseSchema = z.strictObject({
  threshold: z.number(),
  ranges: z.array(plausibleRanges),
  clients: z.array(
    z.strictObject({
      client: z.int(),
      contract: z.string(),
      asked: terms,
      /** Calibrated probability of what was asked, and the lowest of what was tried. */
      calibrated: z.number(),
      lowest: z.number(),
      tried: z.int(),
      /** Null where nothing tried is approved. */
      found: z.strictObject({ terms, effort: z.number(), calibrated: z.number() }).nullable(),
      en: z.string(),
      fr: z.string(),
    }),
  ),
});
export type Recourse = z.infer<typeof recourseSchema>;
