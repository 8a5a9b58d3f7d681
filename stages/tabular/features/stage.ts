import { z } from 'zod';
import { artifact, defineStage } from '../../../pipeline/index.ts';
import { catalogueSchema } from '../../features/catalogue.ts';
import { KEY_COLUMNS } from '../../features/stage.ts';
import { datasetSection } from '../dataset-section.ts';
import { tabularIngest } from '../ingest/stage.ts';
import { tabularValidate } from '../validate/stage.ts';

export const tabularFeatures = defineStage({
  name: 'features',
  description: 'One row per client: numbers as they are, categories as one column a level, ordered levels as their place',
  inputs: { application_train: tabularIngest.out.application_train, contract: tabularValidate.out.contract },
  sections: { dataset: datasetSection },
  params: z.strictObject({
    categories: z
      .enum(['columns', 'codes'])
      .default('columns')
      .describe(
        'a category as one column a level; or as one column of codes, for trainers that split by sets of them: xgboost, lightgbm, forest',
      ),
  }),
  outputs: {
    table: artifact.table(KEY_COLUMNS, { open: true }),
    catalogue: artifact.json(catalogueSchema),
  },
  resources: { cpus: 2, memory: '1GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
