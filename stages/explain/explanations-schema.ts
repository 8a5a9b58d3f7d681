import { z } from 'zod';
import { explanationReference } from '../explanations/reference.ts';
import { intervalSchema } from '../metrics/metric-schemas.ts';

const reason = z.strictObject({
  code: z.string(),
  en: z.string(),
  fr: z.string(),
  /** Log-odds beyond the reference's mean. */
  push: z.number(),
  features: z.array(z.strictObject({ name: z.string(), push: z.number() })),
});

const example = z.strictObject({
  /** SK_ID_CURR of a holdout client. */
  client: z.int(),
  why: z.enum(['refused, just past the limit', 'refused, the middle one', 'refused, the highest risk', 'approved, just below the limit']),
  margin: z.number(),
  calibrated: z.number(),
  decision: z.enum(['refuse', 'approve']),
  /** bias + Σ = margin. By concept, largest first. */
  concepts: z.array(z.strictObject({ concept: z.string(), sum: z.number() })),
  reasons: z.array(reason),
});

/** What explain found on the holdout, or why it found nothing. All contributions in log-odds of default before calibration. */
export const explanationsSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none'), why: z.string() }),
  z.strictObject({
    method: z.enum(['tree-shap', 'linear']),
    /** Holdout rows explained, and how many of them are refused. */
    rows: z.int(),
    refused: z.int(),
    /** Largest |bias + Σφ − margin| of any row, holdout and reference, and the tolerance that every one was held to. */
    additivityError: z.number(),
    additivityTolerance: z.number(),
    bias: z.number(),
    threshold: z.number(),
    reference: explanationReference.omit({ features: true }),
    importance: z.array(z.strictObject({ feature: z.string(), concept: z.string(), en: z.string(), meanAbs: z.number() })),
    /** Mean of |Σ of the concept's contributions|. */
    concepts: z.array(z.strictObject({ concept: z.string(), meanAbs: z.number() })),
    dependence: z.array(
      z.strictObject({
        feature: z.string(),
        en: z.string(),
        bins: z.array(z.strictObject({ count: z.int(), lo: z.number(), hi: z.number(), mean: z.number() })),
        unknown: z.strictObject({ count: z.int(), mean: z.number() }).nullable(),
      }),
    ),
    /** How often each code is among the reasons of a refused client, and how often it is the first. */
    codes: z.array(
      z.strictObject({ code: z.string(), concept: z.string(), en: z.string(), fr: z.string(), named: z.int(), first: z.int() }),
    ),
    /** Refused clients for whom no feature group pushes towards refusal. */
    withoutReason: z.int(),
    faithfulness: z
      .strictObject({
        clients: z.int(),
        draws: z.int(),
        named: z.number(),
        random: z.number(),
        difference: intervalSchema,
        shareLarger: z.number(),
      })
      .nullable(),
    examples: z.array(example),
  }),
]);
export type Explanations = z.infer<typeof explanationsSchema>;
export type ExactExplanations = Exclude<Explanations, { method: 'none' }>;
