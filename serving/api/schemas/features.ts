import { z } from 'zod';
import { sentence } from './sentence.ts';

export const featureParams = z.strictObject({ name: z.string().min(1).max(200) });

export const feature = z
  .strictObject({
    name: z.string(),
    table: z.string(),
    formula: z.string(),
    concept: z.string(),
    en: z.string(),
    fr: z.string(),
    direction: z.enum(['raises', 'lowers', 'unknown']),
    prohibited: z.boolean().describe('measured for fairness, never an input by default nor a reason'),
    changeable: z.boolean(),
    inModel: z.boolean(),
  })
  .meta({ id: 'Feature' });

export const featuresQuery = z.strictObject({
  search: z.string().max(200).optional().describe('part of name or description'),
  inModel: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(100),
});

export const featuresResponse = z
  .strictObject({ features: z.array(feature), total: z.int(), concepts: z.array(z.strictObject({ concept: z.string(), label: sentence })) })
  .meta({ id: 'Features' });
