import { z } from 'zod';
import { applicantRequest } from './applicant.ts';
import { scoreResponse } from './score.ts';

const terms = z.strictObject({
  credit: z.number().describe('AMT_CREDIT'),
  annuity: z.number().nullable().describe('AMT_ANNUITY'),
  goods: z.number().nullable().describe('AMT_GOODS_PRICE'),
});

export const counterfactualsRequest = applicantRequest('CounterfactualsRequest', {});

/** Other loans that the same model grants to the same person, each scored anew from the changed raw rows. */
export const counterfactualsResponse = z
  .strictObject({
    score: scoreResponse,
    asked: terms,
    tried: z.int().min(0),
    lowest: z.number().min(0).max(1).describe('lowest probability of default of all that was tried'),
    found: z.array(
      z.strictObject({
        terms,
        effort: z.number().describe('0 is what was asked'),
        probabilityOfDefault: z.number().min(0).max(1),
        en: z.string(),
        fr: z.string(),
      }),
    ),
    en: z.string().describe('the whole in a sentence'),
    fr: z.string(),
  })
  .meta({ id: 'Counterfactuals' });
export type CounterfactualsBody = z.infer<typeof counterfactualsResponse>;
