import { z } from 'zod';
import { CHANGEABLE_FIELDS } from '../../scorer/what-if-answer.ts';
import { applicantRequest } from './applicant.ts';
import { scoreResponse } from './score.ts';
import { sentence } from './sentence.ts';

const field = z
  .enum(CHANGEABLE_FIELDS)
  .meta({ id: 'ChangeableField', description: 'raw column of the application that can be asked for otherwise' });

const MOST = 1e12;

export const changes = z
  .strictObject({
    AMT_CREDIT: z.number().gt(0).max(MOST).exactOptional(),
    AMT_ANNUITY: z.number().gt(0).max(MOST).exactOptional(),
    AMT_GOODS_PRICE: z.number().gt(0).max(MOST).exactOptional(),
  })
  .meta({ id: 'Changes', description: 'All else of the form, and all history, is immutable; features are derived and never set' });

export const fieldRange = z
  .strictObject({
    field,
    current: z.number().nullable(),
    low: z.number().describe('of the middle 98 of 100 applications of the kind'),
    high: z.number(),
    label: sentence,
  })
  .meta({ id: 'FieldRange' });

export const whatIfRequest = applicantRequest('WhatIfRequest', { changes });

export const whatIfResponse = z
  .strictObject({
    before: scoreResponse,
    after: scoreResponse.describe('scored anew from the changed raw rows'),
    changed: z.array(z.strictObject({ field, from: z.number().nullable(), to: z.number() })),
    moved: z
      .array(z.strictObject({ feature: z.string(), from: z.number().nullable(), to: z.number().nullable(), description: sentence }))
      .describe('features of the model that follow'),
    fields: z.array(fieldRange),
  })
  .meta({ id: 'WhatIfAnswer' });

export const counterfactualsRequest = applicantRequest('CounterfactualsRequest', {});

export const counterfactualsResponse = z
  .strictObject({
    score: scoreResponse,
    tried: z.int().describe('variants of the loan that the model scored'),
    found: z
      .strictObject({ changes, after: scoreResponse, effort: z.number().describe('0 is what was asked') })
      .nullable()
      .describe('null where the applicant is granted already, or nothing tried is granted'),
    lowest: z.number().describe('the lowest probability of default of all that was tried'),
    words: sentence.describe('for the applicant, true in every case'),
    locked: sentence.describe('what stayed as it is'),
  })
  .meta({ id: 'Counterfactuals' });
