import { z } from 'zod';

/** What one feature is: read by the trainer (prohibited, direction), by explanations and by people. */
export const catalogueEntry = z.strictObject({
  name: z.string(),
  /** The raw table it comes from. */
  table: z.string(),
  /** How it is computed, in words. */
  formula: z.string(),
  /** The concept that explanations group by, such as "external scores" or "repayment history". */
  concept: z.string(),
  en: z.string(),
  fr: z.string(),
  /** What a larger value is expected to do to the probability of default. */
  direction: z.enum(['raises', 'lowers', 'unknown']),
  /** Sex and age: measured for fairness, not an input by default. */
  prohibited: z.boolean(),
  /** The applicant could change it (the amount asked for, say). */
  changeable: z.boolean(),
  /** True for a column fitted on the book, not a function of the client's own rows alone: see stages/encode. */
  fitted: z.boolean().optional(),
  /** Of a column of categories: value k, from 0, is the k-th of these; null is another level, or none. Absent where a value is a quantity. */
  levels: z.array(z.string()).optional(),
});
export type CatalogueEntry = z.infer<typeof catalogueEntry>;
export const catalogueSchema = z.array(catalogueEntry);
