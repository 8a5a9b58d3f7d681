import { z } from 'zod';
import { applicantId, applicantRequest } from './applicant.ts';
import { servedModel } from './score.ts';
import { sentence } from './sentence.ts';

const counts = z.array(z.int().min(0));

/** A histogram of development clients by outcome: `edges` has one number more than the counts. */
export const histogram = z
  .strictObject({
    edges: z.array(z.number()),
    repaid: counts,
    defaulted: counts,
    unknown: z.strictObject({ repaid: z.int(), defaulted: z.int() }).describe('clients without a value'),
  })
  .meta({ id: 'Histogram' });

export const populationRequest = applicantRequest('PopulationRequest', {
  feature: z.string().max(200).optional().describe('a feature of the model; the probability of default without'),
});

export const populationResponse = z
  .strictObject({
    applicantId: applicantId.nullable(),
    model: servedModel,
    feature: z.string().nullable(),
    label: sentence,
    value: z.number().nullable().describe('the applicant’s'),
    percentile: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .describe('share of development clients below, ties counted half; null without a value'),
    histogram,
    clients: z.int(),
    note: sentence,
  })
  .meta({ id: 'Population' });
export type PopulationBody = z.infer<typeof populationResponse>;

export const bivariateRequest = applicantRequest('BivariateRequest', { x: z.string().max(200), y: z.string().max(200) });

const axis = z.strictObject({ feature: z.string(), label: sentence, value: z.number().nullable().describe('the applicant’s') });

/** Two features of a fixed sample of development clients, the applicant marked. */
export const bivariateResponse = z
  .strictObject({
    applicantId: applicantId.nullable(),
    model: servedModel,
    x: axis,
    y: axis,
    points: z.array(z.strictObject({ x: z.number(), y: z.number(), probabilityOfDefault: z.number(), defaulted: z.boolean() })),
    left: z.int().describe('sampled clients without one of the two values'),
    note: sentence,
  })
  .meta({ id: 'Bivariate' });
export type BivariateBody = z.infer<typeof bivariateResponse>;
