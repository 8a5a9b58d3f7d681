import { z } from 'zod';
import { LIST_ORDERS } from '../../book/list-order.ts';
import { applicantId } from './applicant.ts';
import { decisionWord, probabilityOfDefault, servedModel, threshold } from './score.ts';
import { sentence } from './sentence.ts';

export const applicantParams = z.strictObject({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

export const applicantsQuery = z.strictObject({
  search: z
    .string()
    .regex(/^\d{1,10}$/)
    .optional()
    .describe('ids that begin so'),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional()
    .describe('goes on after this id: the `next` of the page before'),
  sort: z.enum(LIST_ORDERS).default('id').describe('by id, probability of default or amount; descending with a minus'),
  decision: decisionWord.optional().describe('whom the model grants, or refuses'),
  contract: z.string().max(100).optional().describe('kind of loan: one of the answer’s `contracts`'),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

export const applicantsResponse = z
  .strictObject({
    ids: z.array(applicantId).describe('of `applicants`'),
    applicants: z.array(
      z.strictObject({
        id: applicantId,
        contract: z.string().nullable().describe('kind of loan, as the data has it'),
        credit: z.number().nullable(),
        annuity: z.number().nullable(),
        probabilityOfDefault: z.number().min(0).max(1).describe('calibrated: the number of the score'),
        decision: decisionWord,
      }),
    ),
    total: z.int().describe('that match, on all pages'),
    next: applicantId.nullable().describe('for `after` of the next page; null on the last'),
    contracts: z.array(z.string()).describe('kinds of loan in the book'),
  })
  .meta({ id: 'Applicants' });

export const rawValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Everything that the book holds of an applicant, by raw table. */
export const applicantDataResponse = z
  .strictObject({ id: applicantId, tables: z.record(z.string(), z.array(z.record(z.string(), rawValue))) })
  .meta({ id: 'ApplicantData' });

/** Who the applicant is: for the officer's eyes, and among the inputs only where the field says so. */
export const personalResponse = z
  .strictObject({
    id: applicantId,
    fields: z.array(
      z.strictObject({ column: z.string(), label: sentence, value: rawValue, text: sentence.describe('the value in words') }),
    ),
  })
  .meta({ id: 'Personal' });

export const predictionResponse = z
  .strictObject({ id: applicantId, model: servedModel, probabilityOfDefault, threshold, decision: decisionWord })
  .meta({ id: 'Prediction' });

/** What a gauge needs: one number, its band, the mark, and the sentence beside it, which say the same. */
export const gaugeResponse = z
  .strictObject({
    id: applicantId,
    probabilityOfDefault,
    threshold,
    decision: decisionWord,
    scale: z.strictObject({ min: z.number(), max: z.number() }).describe('of the axis'),
    text: sentence,
  })
  .meta({ id: 'Gauge' });
