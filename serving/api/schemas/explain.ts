import { z } from 'zod';
import { applicantRequest } from './applicant.ts';
import { scoreResponse } from './score.ts';
import { sentence } from './sentence.ts';

/** As the scorer rounds them (serving/scorer/answers/explanation.ts). */
const ROUNDED = 'in log-odds, rounded to whole billionths: at most 9 decimals';

const featureContribution = z
  .strictObject({
    feature: z.string(),
    value: z.number().nullable().describe('null where unknown'),
    contribution: z.number().describe(ROUNDED),
    beyondReference: z.number().nullable().describe(`contribution less the mean among granted applicants, ${ROUNDED}`),
    concept: z.string(),
    description: sentence,
    prohibited: z.boolean().describe('shown where a model uses it, never a reason'),
  })
  .meta({ id: 'FeatureContribution' });

const conceptContribution = z
  .strictObject({
    concept: z.string(),
    en: z.string(),
    fr: z.string(),
    contribution: z.number().describe('of all its features, in log-odds: added up before any is rounded, and not rounded itself'),
    beyondReference: z.number().nullable().describe('contribution less the mean among granted applicants, not rounded'),
  })
  .meta({ id: 'ConceptContribution' });

export const explainRequest = applicantRequest('ExplainRequest', {
  top: z.int().min(0).max(10_000).optional().describe('contributions listed; the rest is added up in `others`. All by default'),
});

export const explainResponse = z
  .strictObject({
    score: scoreResponse,
    explanation: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('exact'),
        method: z.enum(['tree-shap', 'linear']),
        bias: z.number().describe('the model’s mean log-odds'),
        contributions: z
          .array(featureContribution)
          .describe(
            'largest in size first, without those that add nothing, which is under half a billionth: bias + Σ + others = logOdds, to 1e-4 · (1 + |logOdds|)',
          ),
        others: z
          .strictObject({ count: z.int(), contribution: z.number().describe('their sum, in log-odds, with the noise of adding floats') })
          .optional()
          .describe('those beyond `top`, where there are any'),
        concepts: z.array(conceptContribution).describe('the same, added up by concept'),
        forRefusal: z.array(conceptContribution).describe('concepts that speak for a refusal, beyond granted applicants, largest first'),
        forGrant: z.array(conceptContribution),
        missing: sentence.nullable().describe('why there is no comparison with granted applicants, where there is none'),
      }),
      z.strictObject({ kind: z.literal('none'), why: sentence }),
    ]),
  })
  .meta({ id: 'ExplainAnswer' });
