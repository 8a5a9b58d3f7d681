import { z } from 'zod';
import { artifact, defineStage } from '../../pipeline/index.ts';
import { KEY_COLUMNS, features } from '../features/stage.ts';

export const split = defineStage({
  name: 'split',
  description: 'Sets a stratified holdout aside and deals the other labelled clients into folds',
  inputs: { table: features.out.table },
  params: z.strictObject({
    folds: z.int().min(2).max(20).default(5),
    holdoutShare: z.number().gt(0).lt(0.9).default(0.2),
    seed: z.int().min(0).default(7),
    foldSeed: z.int().min(0).nullable().default(null).describe('deals other folds with the same holdout, for studies; null takes seed'),
  }),
  outputs: {
    /** fold −1 is the holdout. */
    folds: artifact.table({ SK_ID_CURR: 'INTEGER', fold: 'TINYINT' }),
    /** The rows that train and calibrate may see, with their fold, by SK_ID_CURR. */
    development: artifact.table({ ...KEY_COLUMNS, fold: 'TINYINT' }, { open: true }),
    /** The rows that no choice is made on, by SK_ID_CURR. Only evaluate and gate read them. */
    holdout: artifact.table(KEY_COLUMNS, { open: true }),
  },
  resources: { cpus: 2, memory: '2GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
