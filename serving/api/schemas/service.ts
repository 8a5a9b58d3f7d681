import { z } from 'zod';
import { ROLES } from '../../roles.ts';
import { servedModel, threshold } from './score.ts';
import { sentence } from './sentence.ts';

export const healthResponse = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

export const readyResponse = z
  .strictObject({
    status: z.literal('ready'),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Ready' });

export const meResponse = z.strictObject({ name: z.string(), role: z.enum(ROLES) }).meta({ id: 'Me' });

/** What there is to know of the model in service, global explanations included. */
export const modelResponse = z
  .strictObject({
    model: servedModel,
    trainer: z.string(),
    features: z.int(),
    threshold,
    missing: z.array(sentence).describe('what this model came without: explanations, a band, a population'),
    importance: z
      .array(z.strictObject({ feature: z.string(), concept: z.string(), description: sentence, meanAbs: z.number() }))
      .describe('mean |contribution| over the population, in log-odds, largest first'),
    concepts: z.array(z.strictObject({ concept: z.string(), en: z.string(), fr: z.string(), meanAbs: z.number() })),
    source: z
      .enum(['registry', 'kept'])
      .describe('kept: the tracking server could not be asked, this is the last champion that was proven'),
    warning: z.string().nullable(),
    challenger: servedModel.nullable(),
    applicants: z.int().nullable().describe('in the book; null without one'),
  })
  .meta({ id: 'ModelInService' });

/** Model and data health, for reviewers. */
export const monitorResponse = z
  .strictObject({
    model: servedModel,
    scored: z.int().describe('since the start of this process'),
    explained: z.int(),
    swaps: z.int().describe('models that took over since'),
    scoreDrift: z
      .strictObject({
        status: z.enum(['ok', 'watch', 'act', 'unknown']),
        psi: z
          .number()
          .nullable()
          .describe('population stability index of the probability of default, against the population; null where unknown'),
        answers: z.int().describe('the last ones, that it is of'),
        bins: z.array(z.strictObject({ from: z.number(), to: z.number(), expected: z.number(), observed: z.number() })).describe('shares'),
        note: sentence,
      })
      .describe('of what was scored here'),
    shadow: z
      .strictObject({
        challenger: servedModel,
        scored: z.int(),
        dropped: z.int(),
        failed: z.int(),
        differ: z.int().describe('applicants on whom it would decide otherwise'),
        meanDifference: z.number().nullable().describe('mean of |its probability − the champion’s|'),
      })
      .nullable(),
    decisions: z.strictObject({ total: z.int(), overrides: z.int(), refused: z.int() }).describe('of the whole log'),
    report: z
      .strictObject({
        reference: z.string(),
        current: z.string(),
        status: z.string(),
        reasons: z.array(sentence),
        columns: z.array(z.strictObject({ column: z.string(), drifted: z.boolean(), psi: z.number().nullable() })),
      })
      .nullable()
      .describe('of the pipeline’s last drift stage, where there is one'),
    evaluation: z
      .strictObject({
        clients: z.int().describe('of the holdout'),
        defaults: z.int(),
        measures: z
          .array(
            z.strictObject({
              name: z.enum(['auc', 'gini', 'ks', 'brier', 'ece', 'costPerApplicant']),
              value: z.number(),
              low: z.number(),
              high: z.number(),
            }),
          )
          .describe('with their 95% intervals'),
        approvalRate: z.number(),
        badRateAmongApproved: z.number().nullable(),
        calibration: z
          .array(z.strictObject({ count: z.int(), predicted: z.number(), observed: z.number() }))
          .describe('mean probability and observed default rate by bin'),
      })
      .nullable()
      .describe('of the pipeline’s last evaluate stage: that run’s model, which need not be the one in service'),
  })
  .meta({ id: 'Monitor' });
