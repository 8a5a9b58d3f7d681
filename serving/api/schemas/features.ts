import { z } from 'zod';
import { sentence } from './sentence.ts';

export const featureParams = z.strictObject({ name: z.string().min(1).max(200) });

export const feature = z
  .strictObject({
    name: z.string(),
    table: z.string().describe('the raw table it is made of'),
    formula: z.string(),
    concept: z.string(),
    description: sentence,
    direction: z.enum(['raises', 'lowers', 'unknown']),
    prohibited: z.boolean().describe('measured for fairness, never a reason'),
    changeable: z.boolean(),
    position: z.int().nullable().describe('among the model’s inputs; null for one that it does not read'),
  })
  .meta({ id: 'Feature' });

export const featuresQuery = z.strictObject({
  search: z.string().max(200).optional().describe('part of the name or of a description'),
  inModel: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(100),
});

export const featuresResponse = z
  .strictObject({ features: z.array(feature), total: z.int().describe('that match') })
  .meta({ id: 'Features' });
