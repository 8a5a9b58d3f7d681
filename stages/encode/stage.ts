import { z } from 'zod';
import { artifact, columns, defineStage } from '../../pipeline/index.ts';
import { catalogueSchema } from '../features/catalogue.ts';
import { KEY_COLUMNS, features } from '../features/stage.ts';
import { ingest } from '../ingest/stage.ts';
import { split } from '../split/stage.ts';
import { APPLICATION_COLUMNS } from './application-columns.ts';
import { FITTED_FAMILIES } from './family-names.ts';

export const encode = defineStage({
  name: 'encode',
  description: 'Adds the columns fitted on the book, out of fold by client: peer groups, neighbours, scores of rows, the predicted term',
  inputs: {
    development: split.out.development,
    holdout: split.out.holdout,
    /** For the unlabelled part; its labels are not read. */
    table: features.out.table,
    catalogue: features.out.catalogue,
    application_train: columns(ingest.out.application_train, APPLICATION_COLUMNS),
    application_test: columns(ingest.out.application_test, APPLICATION_COLUMNS),
    bureau: ingest.out.bureau,
    bureau_balance: ingest.out.bureau_balance,
    previous_application: ingest.out.previous_application,
    POS_CASH_balance: ingest.out.POS_CASH_balance,
    installments_payments: ingest.out.installments_payments,
    credit_card_balance: ingest.out.credit_card_balance,
  },
  params: z.strictObject({
    without: z.array(z.enum(FITTED_FAMILIES)).default([]).describe('families of fitted columns to leave out'),
    neighbours: z.int().min(1).default(500).describe('how many of the nearest labelled clients the neighbours’ default rate is of'),
    rounds: z.int().min(1).max(2000).default(60).describe('boosting rounds of each model of rows'),
    seed: z.int().min(0).default(13),
  }),
  outputs: {
    /** split’s tables with the fitted columns, Float32, null where unknown. Development rows have values that their own fold had no part in. */
    development: artifact.table({ ...KEY_COLUMNS, fold: 'TINYINT' }, { open: true }),
    holdout: artifact.table(KEY_COLUMNS, { open: true }),
    /** Who had no part in the fitted state: the holdout and the unlabelled clients, by SK_ID_CURR. */
    unseen: artifact.table(KEY_COLUMNS, { open: true }),
    /** Of all columns, those of features first. */
    catalogue: artifact.json(catalogueSchema),
    /** What a new applicant’s values are computed from; see fitted-encoder.ts. */
    state: artifact.directory(),
  },
  resources: { cpus: 2, memory: '4GiB' },
  native: ['duckdb', 'xgboost'],
  run: () => import('./run.ts'),
});
