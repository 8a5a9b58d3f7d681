import { z } from 'zod';
import { applicantId, applicantRequest } from './applicant.ts';
import { rawValue } from './applicants.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { plainText } from './plain-text.ts';
import { decisionWord, probabilityOfDefault, reason, servedModel, sha256, threshold } from './score.ts';

/** Characters of an officer's reason. */
export const REASON_LENGTH = { least: 10, most: 2000 } as const;

/** The officer's decision. The applicant is scored anew in the same call, so what is logged is what the model says. */
export const decisionRequest = applicantRequest('DecisionRequest', {
  decision: decisionWord.describe('the officer’s'),
  reason: plainText(REASON_LENGTH.most)
    .trim()
    .min(REASON_LENGTH.least)
    .optional()
    .describe('in the officer’s words; mandatory where the decision is not the model’s'),
  seen: z
    .strictObject({ sha256, featureDigest: sha256 })
    .optional()
    .describe('model and features that the officer looked at: where they are no longer those, nothing is logged and the answer is 409'),
});

export const decisionHeaders = z.object({ 'Idempotency-Key': idempotencyKey.optional() });

export const decisionRecord = z
  .strictObject({
    id: z.int().min(1).describe('number in the log, from 1 without gaps'),
    time: z.iso.datetime().describe('UTC'),
    officer: z.string(),
    applicantId: applicantId.nullable(),
    model: servedModel,
    featureDigest: sha256,
    probabilityOfDefault,
    threshold,
    modelDecision: decisionWord,
    decision: decisionWord,
    override: z.boolean(),
    reason: z.string().nullable().describe('of the override, or a remark'),
    reasons: z.array(reason).max(4).describe('the model’s, as they were'),
    previousHash: sha256,
    hash: sha256.describe('over previousHash and everything that is logged, inputs included'),
  })
  .meta({ id: 'Decision' });

export const decisionDetail = decisionRecord
  .extend({
    inputs: z.record(z.string(), z.array(z.record(z.string(), rawValue))).describe('the raw rows that were decided on'),
  })
  .meta({ id: 'DecisionDetail' });

export const decisionsQuery = z.strictObject({
  applicantId: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional(),
  override: z.enum(['true', 'false']).optional(),
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('decisions with a smaller number: the `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Newest first. An officer sees their own decisions, a reviewer and an admin all. */
export const decisionsResponse = z
  .strictObject({ decisions: z.array(decisionRecord), total: z.int().describe('that match'), next: z.int().nullable() })
  .meta({ id: 'Decisions' });

export const decisionParams = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** What `sluice decisions verify` finds, for reviewers. */
export const verifyResponse = z
  .strictObject({
    intact: z.boolean(),
    decisions: z.int(),
    head: z
      .strictObject({ id: z.int(), hash: sha256 })
      .describe('the last decision: noted elsewhere, it proves later that nothing was rewritten or cut off up to it'),
    findings: z.array(
      z.strictObject({
        id: z.int().nullable().describe('of the decision; null where it is about the log'),
        kind: z.enum(['changed', 'removed', 'reordered', 'unprotected']),
        message: z.string(),
      }),
    ),
  })
  .meta({ id: 'Verification' });
