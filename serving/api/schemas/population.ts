import { z } from 'zod';
import { applicantRequest } from './applicant.ts';
import { scoreResponse } from './score.ts';
import { sentence } from './sentence.ts';

const counts = z.array(z.int().min(0));

export const populationFacts = z
  .strictObject({ clients: z.int(), defaultRate: z.number(), note: sentence })
  .meta({ id: 'PopulationFacts', description: 'Whom applicants are compared with: clients whose outcome the model did not learn' });

const histogram = z
  .strictObject({
    edges: z.array(z.number()).describe('one more than the counts'),
    repaid: counts,
    defaulted: counts,
    unknown: z.strictObject({ repaid: z.int(), defaulted: z.int() }).describe('clients without a value'),
  })
  .meta({ id: 'OutcomeHistogram' });

const middle = z.number().nullable();

const featureName = z.string().min(1).max(200);

export const populationRequest = applicantRequest('PopulationRequest', {
  feature: featureName.optional().describe('of the model; the probability of default without'),
});

export const populationResponse = z
  .strictObject({
    score: scoreResponse,
    population: populationFacts,
    standing: z.strictObject({
      feature: z.string().nullable().describe('null for the probability of default'),
      label: sentence,
      value: z.number().nullable().describe('the applicant’s'),
      percentile: z.number().nullable().describe('share of the population below, half of the equal ones counted in'),
      median: z.strictObject({ all: middle, repaid: middle, defaulted: middle }),
      histogram,
    }),
  })
  .meta({ id: 'PopulationAnswer' });

export const bivariateRequest = applicantRequest('BivariateRequest', { x: featureName, y: featureName });

const axis = z.strictObject({ feature: z.string(), label: sentence });

export const bivariateResponse = z
  .strictObject({
    population: populationFacts,
    x: axis,
    y: axis,
    points: z.array(z.strictObject({ x: z.number(), y: z.number(), outcome: z.enum(['repaid', 'defaulted']) })),
    applicant: z.strictObject({ x: z.number(), y: z.number() }).nullable().describe('null where either is unknown'),
    leftOut: z.int().describe('clients of the sample of whom either is unknown'),
  })
  .meta({ id: 'BivariateAnswer' });
