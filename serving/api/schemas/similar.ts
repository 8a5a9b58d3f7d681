import { z } from 'zod';
import { applicantId, applicantRequest } from './applicant.ts';
import { servedModel } from './score.ts';
import { sentence } from './sentence.ts';

export const similarRequest = applicantRequest('SimilarRequest', {
  k: z.int().min(1).max(200).default(50).describe('neighbours'),
});

/** Development clients nearest by explanation (contributions by concept), with what became of them. */
export const similarResponse = z
  .strictObject({
    applicantId: applicantId.nullable(),
    model: servedModel,
    neighbours: z.array(
      z.strictObject({
        id: applicantId,
        distance: z.number().min(0).describe('Euclidean, log-odds by concept'),
        probabilityOfDefault: z.number().min(0).max(1),
        defaulted: z.boolean(),
      }),
    ),
    observedDefaultRate: z
      .strictObject({ value: z.number(), low: z.number(), high: z.number(), clients: z.int(), defaults: z.int() })
      .describe('of the neighbours, 95 % interval (Wilson)'),
    note: sentence,
  })
  .meta({ id: 'Similar' });
export type SimilarBody = z.infer<typeof similarResponse>;
