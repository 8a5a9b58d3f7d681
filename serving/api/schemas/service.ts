import { z } from 'zod';
import { servedModel, threshold } from './score.ts';
import { sentence } from './sentence.ts';

export const healthResponse = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

export const readyResponse = z
  .strictObject({
    status: z.enum(['ready', 'not ready']),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Ready' });

export const role = z.enum(['officer', 'reviewer', 'admin']).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

export const meResponse = z.strictObject({ name: z.string(), role }).meta({ id: 'Me' });

export const modelResponse = z
  .strictObject({
    model: servedModel,
    since: z.iso.datetime().describe('in service since'),
    threshold,
    features: z.int(),
    calibration: z.string().describe('method'),
    explanations: z.boolean(),
    challenger: servedModel.nullable(),
    warnings: z.array(sentence).describe('such as: the tracking server is away, so this is the last proven champion'),
  })
  .meta({ id: 'ModelInService' });

/** Explanations of the whole: what moves scores most, on development clients. */
export const globalResponse = z
  .strictObject({
    model: servedModel,
    clients: z.int(),
    features: z.array(
      z.strictObject({
        feature: z.string(),
        concept: z.string(),
        en: z.string(),
        fr: z.string(),
        meanAbs: z.number().describe('mean |contribution|, log-odds'),
      }),
    ),
    concepts: z.array(z.strictObject({ concept: z.string(), en: z.string(), fr: z.string(), meanAbs: z.number() })),
    reasons: z
      .array(z.strictObject({ code: z.string(), en: z.string(), fr: z.string(), named: z.int(), first: z.int() }))
      .describe('how often each reason is among those of a refusal'),
  })
  .meta({ id: 'GlobalExplanation' });

/** Model and data health, for reviewers. */
export const monitorResponse = z
  .strictObject({
    model: servedModel,
    scored: z.int().describe('answers since the model went into service in this process'),
    drift: z
      .strictObject({
        psi: z
          .number()
          .nullable()
          .describe('population stability index of the probability of default against development clients; null below 100 answers'),
        status: z.enum(['ok', 'watch', 'act', 'too few']),
        bins: z.array(z.strictObject({ from: z.number(), to: z.number(), expected: z.number(), observed: z.number() })).describe('shares'),
        note: sentence,
      })
      .describe('of scores'),
    shadow: z
      .strictObject({
        challenger: servedModel,
        scored: z.int(),
        agreed: z.int().describe('same decision'),
        meanDifference: z.number().nullable().describe('challenger’s probability minus the champion’s'),
        failed: z.int(),
      })
      .nullable(),
    decisions: z.strictObject({ total: z.int(), overrides: z.int(), refused: z.int() }).describe('of the whole log'),
    report: z
      .strictObject({
        verdict: z.enum(['ok', 'watch', 'act', 'broken']),
        reasons: z.array(z.string()),
        columns: z.array(z.strictObject({ column: z.string(), status: z.string(), psi: z.number().nullable() })),
      })
      .nullable()
      .describe('last drift report of the pipeline’s run, where there is one'),
  })
  .meta({ id: 'Monitor' });
export type MonitorBody = z.infer<typeof monitorResponse>;
