import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { ingest, rawTables } from '../ingest/stage.ts';

export const contractResult = z.strictObject({
  verdict: z.enum(['passed', 'rejected']),
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      table: z.string(),
      column: z.string().nullable(),
      severity: z.enum(['error', 'warning']),
      passed: z.boolean(),
      value: z.number().nullable(),
      limit: z.number().nullable(),
      reason: z.string(),
    }),
  ),
});

export const validate = defineStage({
  name: 'validate',
  kind: 'gate',
  description: 'Checks the raw tables against the data contract: keys, types, ranges, orphans, sentinels, a probe for label leaks',
  inputs: {
    ...rawTables,
    summary: ingest.out.summary,
  },
  params: z.strictObject({
    minPositives: z.int().min(2).default(50).describe('fewest defaults that allow a five-fold model'),
    maxOrphanShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.2)
      .describe('largest share of the ids in a child table that its parent table may lack'),
    leakAuc: z.number().gt(0.5).lte(1).default(0.9).describe('a single column with an AUC above this is taken for a leak'),
  }),
  outputs: { contract: artifact.json(contractResult) },
  resources: { cpus: 2, memory: '2GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
