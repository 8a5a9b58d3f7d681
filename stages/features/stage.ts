import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { rawTables } from '../ingest/stage.ts';
import { validate } from '../validate/stage.ts';
import { catalogueSchema } from './catalogue.ts';
import { FAMILY_NAMES } from './family-names.ts';

/** Columns of the feature table that are not features. TARGET is null for application_test; `part` is train or test. */
export const KEY_COLUMNS = { SK_ID_CURR: 'INTEGER', TARGET: 'TINYINT', part: 'VARCHAR' } as const;

export const features = defineStage({
  name: 'features',
  description: 'One row per client of application_train and application_test, Float32 features from all eight tables, and their catalogue',
  inputs: {
    ...rawTables,
    contract: validate.out.contract,
  },
  params: z.strictObject({
    without: z
      .array(z.enum(FAMILY_NAMES))
      .default([])
      .describe('families of features to leave out; the core of 250 columns is always made'),
    categories: z
      .boolean()
      .default(false)
      .describe('also the categories of the form as they are, for trainers that split by sets of them: xgboost, lightgbm, forest'),
  }),
  outputs: {
    /** Sorted by SK_ID_CURR; all other columns are FLOAT features, null where unknown, never infinite. */
    table: artifact.table(KEY_COLUMNS, { open: true }),
    catalogue: artifact.json(catalogueSchema),
  },
  resources: { cpus: 2, memory: '4GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
