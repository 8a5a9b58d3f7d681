import { z } from 'zod';
import { applicantRequest } from './applicant.ts';
import { scoreFields } from './score.ts';

export const featureContribution = z
  .strictObject({
    feature: z.string(),
    value: z.number().nullable(),
    contribution: z.number(),
    concept: z.string(),
    en: z.string(),
    fr: z.string(),
  })
  .meta({ id: 'FeatureContribution' });

export const conceptContribution = z
  .strictObject({ concept: z.string(), en: z.string(), fr: z.string(), contribution: z.number() })
  .meta({ id: 'ConceptContribution' });

export const explainRequest = applicantRequest('ExplainRequest', {
  top: z
    .int()
    .min(1)
    .max(5000)
    .optional()
    .describe('contributions listed, largest in size first; the rest is summed in `others`. All by default'),
});

/** A waterfall in log-odds: bias + Σ contributions + others = logOdds, to 1e-4·(1 + |logOdds|). */
export const explainResponse = z
  .strictObject({
    ...scoreFields,
    explanation: z.discriminatedUnion('available', [
      z.strictObject({
        available: z.literal(true),
        bias: z.number().describe('the model’s mean margin'),
        contributions: z.array(featureContribution).describe('largest in size first'),
        others: z.strictObject({ count: z.int(), contribution: z.number() }),
        concepts: z.array(conceptContribution).describe('all features’ contributions added up by concept, largest in size first'),
      }),
      z.strictObject({ available: z.literal(false), why: z.strictObject({ en: z.string(), fr: z.string() }) }),
    ]),
  })
  .meta({ id: 'Explanation' });
export type ExplainBody = z.infer<typeof explainResponse>;
