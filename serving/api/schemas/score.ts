import { z } from 'zod';
import { applicantId, applicantRequest } from './applicant.ts';
import { sentence } from './sentence.ts';

export const servedModel = z
  .strictObject({ name: z.string(), version: z.string(), sha256: z.string() })
  .meta({ id: 'ServedModel', description: 'The registered version that answered' });

export const probabilityOfDefault = z
  .strictObject({
    value: z.number().min(0).max(1).describe('calibrated'),
    low: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('the band that calibration observed of applicants with such a score; null where unknown'),
    high: z.number().min(0).max(1).nullable(),
    note: sentence.describe('how the band was observed'),
  })
  .meta({ id: 'ProbabilityOfDefault', description: 'The only probability that is shown anywhere' });

export const threshold = z
  .strictObject({
    value: z.number().min(0).max(1).describe('refused at or above'),
    costs: z.strictObject({ falseNegative: z.number(), falsePositive: z.number() }),
    why: sentence,
  })
  .meta({ id: 'Threshold' });

export const reason = z
  .strictObject({
    code: z.string(),
    en: z.string(),
    fr: z.string(),
    contribution: z.number().describe('log-odds beyond the reference’s mean'),
  })
  .meta({ id: 'Reason' });

export const dataQualityIssue = z
  .strictObject({
    table: z.string(),
    column: z.string().nullable(),
    issue: z.string().describe('stable name of the kind of issue'),
    en: z.string(),
    fr: z.string(),
  })
  .meta({ id: 'DataQualityIssue' });

export const decisionWord = z.enum(['grant', 'refuse']).meta({ id: 'DecisionWord' });

/** Fields that every answer with a score has. */
export const scoreFields = {
  applicantId: applicantId.nullable(),
  model: servedModel,
  probabilityOfDefault,
  logOdds: z.number().describe('the model’s margin, before calibration'),
  threshold,
  decision: decisionWord,
  expectedCost: z.strictObject({ grant: z.number(), refuse: z.number() }).describe('in units of the cost of refusing a payer'),
  reasons: z.array(reason).max(4).describe('of a refusal, largest first; empty for a grant'),
  featureDigest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the Float32 feature row, little endian, in the model’s order'),
  dataQuality: z.array(dataQualityIssue),
};

export const scoreRequest = applicantRequest('ScoreRequest', {});
export const scoreResponse = z.strictObject(scoreFields).meta({ id: 'Score' });
export type ScoreBody = z.infer<typeof scoreResponse>;
