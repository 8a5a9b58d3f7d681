import { z } from 'zod';
import { applicantRequest } from './applicant.ts';
import { scoreResponse } from './score.ts';
import { sentence } from './sentence.ts';

/** What an applicant, or an officer, may try: raw columns of the application. Others are the person or the past, and are refused. */
export const changeableField = z
  .strictObject({
    column: z.string().describe('raw column of the application'),
    label: sentence,
    kind: z.enum(['amount', 'count', 'choice']),
    unit: z.string().nullable(),
    min: z.number().nullable().describe('usual range among development clients; asked values outside are kept'),
    max: z.number().nullable(),
    step: z.number().nullable(),
    choices: z.array(z.string()).nullable(),
    value: z.union([z.number(), z.string()]).nullable().describe('what was asked'),
  })
  .meta({ id: 'ChangeableField' });

export const whatIfRequest = applicantRequest('WhatIfRequest', {
  changes: z
    .record(z.string().max(64), z.union([z.number(), z.string().max(200), z.null()]))
    .describe('new value by raw column; {} answers the fields'),
});

export const whatIfResponse = z
  .strictObject({
    before: scoreResponse,
    after: scoreResponse,
    fields: z.array(changeableField),
    changed: z.array(
      z.strictObject({
        column: z.string(),
        from: z.union([z.number(), z.string()]).nullable(),
        to: z.union([z.number(), z.string()]).nullable(),
        derived: z.boolean().describe('follows from another change'),
      }),
    ),
  })
  .meta({ id: 'WhatIf' });
export type WhatIfBody = z.infer<typeof whatIfResponse>;
