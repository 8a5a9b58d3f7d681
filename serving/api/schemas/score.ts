import { z } from 'zod';
import { TABLE_NAMES } from '../../../stages/tables/table-names.ts';
import { applicantId, applicantRequest } from './applicant.ts';
import { sentence } from './sentence.ts';

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const servedModel = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    sha256: sha256.describe('of the model’s file'),
  })
  .meta({ id: 'ServedModel', description: 'The registered version that answered' });

const share = z.number().min(0).max(1);

export const probabilityOfDefault = z
  .strictObject({
    value: share.describe('calibrated'),
    low: share
      .nullable()
      .describe('95% band of what was observed among holdout clients with a like probability; null where there is no record'),
    high: share.nullable(),
    note: sentence.describe('what the band says, or why there is none'),
  })
  .meta({ id: 'ProbabilityOfDefault', description: 'The only probability that is shown anywhere' });

export const threshold = z
  .strictObject({
    value: z.number().describe('refused from here on'),
    costs: z.strictObject({
      falseNegative: z.number().describe('of a loan granted that defaults'),
      falsePositive: z.number().describe('of a payer refused'),
    }),
    why: sentence,
  })
  .meta({ id: 'Threshold' });

export const reason = z
  .strictObject({
    code: z.string().describe('stable: letters and archives quote it'),
    en: z.string(),
    fr: z.string(),
    contribution: z.number().describe('log-odds beyond those of granted applicants, above 0'),
  })
  .meta({ id: 'Reason' });

export const dataIssue = z
  .strictObject({
    issue: z.enum(['set-aside', 'unclaimed', 'missing-table', 'unknown', 'out-of-range']),
    table: z.enum(TABLE_NAMES),
    feature: z.string().nullable().describe('null for a whole table'),
    en: z.string(),
    fr: z.string(),
  })
  .meta({ id: 'DataIssue' });

export const decisionWord = z.enum(['grant', 'refuse']).meta({ id: 'DecisionWord' });

export const scoreResponse = z
  .strictObject({
    applicantId: applicantId.nullable().describe('null of raw rows'),
    model: servedModel,
    probabilityOfDefault,
    logOdds: z.number().describe('the model’s margin, before calibration'),
    threshold,
    decision: decisionWord,
    expectedCost: z.strictObject({ grant: z.number(), refuse: z.number() }).describe('of either decision, in the unit of the costs'),
    reasons: z.array(reason).max(4).describe('of a refusal, largest first; empty for a grant'),
    featureDigest: sha256.describe('of the features as Float32, little-endian, in the model’s order'),
    dataQuality: z.array(dataIssue),
  })
  .meta({ id: 'Score' });

export const scoreRequest = applicantRequest('ScoreRequest', {
  reasons: z.boolean().optional().describe('false spares the reasons of a refusal, which is most of the work; true by default'),
});
