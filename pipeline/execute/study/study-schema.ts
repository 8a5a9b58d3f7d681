import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const setting = z.union([scalar, z.array(scalar)]);
export type Setting = z.infer<typeof setting>;

const range = z
  .strictObject({
    low: z.number(),
    high: z.number(),
    log: z.boolean().default(false).describe('draw evenly on the scale of the logarithm'),
    whole: z.boolean().default(false).describe('whole numbers only'),
  })
  .refine(({ low, high }) => low < high, { error: 'low must be below high' })
  .refine(({ low, log }) => !log || low > 0, { error: 'on the scale of the logarithm, low must be above 0' });
export type Range = z.infer<typeof range>;

const metricName = z.string().regex(/^[a-z][a-z0-9-]*\.\S+$/, 'allowed: STAGE.METRIC, such as train.cv_auc');

/** `experiments/<name>/study.yaml`. Keys below space, arms and set are config keys, as for -S. */
export const studySchema = z.strictObject({
  version: z.literal(1).default(1),
  title: z.string().min(1),
  config: z.string().optional().describe('config file of every trial, relative to the project; -c goes before'),
  method: z.enum(['grid', 'random', 'halving', 'tpe']).default('grid'),
  set: z.record(z.string(), setting).default({}).describe('settings that every trial has'),
  space: z
    .record(z.string(), z.union([z.array(setting).min(1), range]))
    .default({})
    .describe('config key to its values, or to a range {low, high, log, whole}'),
  arms: z.record(z.string(), z.record(z.string(), setting)).default({}).describe('named settings: one more dimension of the space'),
  trials: z.int().min(1).max(10_000).default(20).describe('how many points random, halving and tpe draw'),
  seed: z.int().min(0).default(1),
  budget: z
    .strictObject({
      key: z.string().min(1),
      from: z.number().gt(0),
      to: z.number().gt(0),
      factor: z.number().gt(1).default(3).describe('each round keeps the best 1/factor and gives them factor times the budget'),
    })
    .optional(),
  repeat: z
    .strictObject({ key: z.string().min(1), values: z.array(scalar).min(1) })
    .optional()
    .describe('each point is run once for every value; its metric is the mean'),
  target: z.strictObject({ metric: metricName, direction: z.enum(['maximize', 'minimize']) }),
  also: z.array(metricName).default([]).describe('other metrics of the target’s stage to show'),
  judge: z
    .strictObject({ module: z.string().min(1), ports: z.array(metricName).min(1) })
    .optional()
    .describe('a module that compares the trials row by row, and the artifacts (STAGE.PORT) that it reads'),
});
export type Study = z.infer<typeof studySchema>;
