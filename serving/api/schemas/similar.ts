import { z } from 'zod';
import { applicantId, applicantRequest } from './applicant.ts';
import { populationFacts } from './population.ts';
import { decisionWord, scoreResponse } from './score.ts';

export const similarRequest = applicantRequest('SimilarRequest', {
  count: z.int().min(1).max(100).default(25).describe('neighbours'),
});

export const similarResponse = z
  .strictObject({
    score: scoreResponse,
    clients: z.array(
      z.strictObject({
        id: applicantId,
        distance: z.number().min(0).describe('Euclidean, between contributions by concept, in log-odds'),
        probabilityOfDefault: z.number(),
        decision: decisionWord,
        outcome: z.enum(['repaid', 'defaulted']),
      }),
    ),
    observedDefaultRate: z
      .strictObject({ value: z.number(), low: z.number(), high: z.number(), of: z.int() })
      .describe('of these clients, with its 95% interval (Wilson)'),
    population: populationFacts,
  })
  .meta({ id: 'SimilarAnswer' });
