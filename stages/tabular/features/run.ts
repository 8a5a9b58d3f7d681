import { DuckDb, sqlName, type StageBody } from '../../../pipeline/index.ts';
import { datasetFeatures } from './column-features.ts';
import type { tabularFeatures } from './stage.ts';

const run: StageBody<typeof tabularFeatures> = async ({ inputs, config, params, outputs, threads, memoryMb, tempDir, log }) => {
  const features = datasetFeatures(config.dataset, params.categories);
  using db = await DuckDb.open({ threads, memoryMb, tempDir });
  await db.view('application', inputs.application_train.path);
  const select = features.map(({ entry, sql }) => `(${sql})::float as ${sqlName(entry.name)}`);
  await db.copyToParquet(
    `select SK_ID_CURR, TARGET, 'train' as part, ${select.join(', ')} from application order by SK_ID_CURR`,
    outputs.table.path,
  );
  await outputs.catalogue.write(features.map(({ entry }) => entry));
  log.info(`${features.length} features of ${inputs.application_train.rows} clients`);
};

export default run;
