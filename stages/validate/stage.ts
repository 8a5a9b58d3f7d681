import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { ingest, rawTables } from '../ingest/stage.ts';
import { contractSection, contractSource } from './contract/contract-source.ts';

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

export type ContractResult = z.infer<typeof contractResult>;

/** Limits of the contract that a config may set for itself; null leaves the contract's. */
export const validateParams = z.strictObject({
  minPositives: z
    .int()
    .min(2)
    .nullable()
    .default(null)
    .describe('instead of the contract’s label.minEachClass: fewest defaults that allow a five-fold model'),
  maxOrphanShare: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .describe('instead of the contract’s orphans.maxMissing: largest share of the ids in a child table that its parent table may lack'),
  leakAuc: z
    .number()
    .gt(0.5)
    .lte(1)
    .nullable()
    .default(null)
    .describe('instead of the contract’s label.leakAuc: a single column with an AUC above this is taken for a leak'),
});
export type ValidateParams = z.infer<typeof validateParams>;

export const validate = defineStage({
  name: 'validate',
  kind: 'gate',
  description: 'Checks the raw tables against the data contract: keys, types, ranges, orphans, freshness, a probe for label leaks',
  inputs: {
    ...rawTables,
    summary: ingest.out.summary,
    contract: contractSource,
  },
  sections: { contract: contractSection },
  params: validateParams,
  outputs: {
    contract: artifact.json(contractResult),
    page: artifact.report(),
  },
  resources: { cpus: 2, memory: '2GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
