import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { counterfactualWords } from '../explanations/counterfactual/counterfactual-words.ts';
import { findCounterfactuals } from '../explanations/counterfactual/find-counterfactuals.ts';
import { readPlausibleRanges } from '../explanations/counterfactual/plausible-ranges.ts';
import { FittedVariants } from '../explanations/counterfactual/fitted-variants.ts';
import { prepareVariants, variantFeatures } from '../explanations/counterfactual/variant-features.ts';
import { loadFittedModel } from '../scoring/model/load-fitted-model.ts';
import { scoreRows } from '../scoring/score-rows.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { recoursePage } from './page/recourse-page.ts';
import type { Recourse } from './recourse-schema.ts';
import { readRefused } from './refused-clients.ts';
import bookSql from './sql/book.sql';
import type { recourse } from './stage.ts';

const run: StageBody<typeof recourse> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, run: own, log, progress }) => {
  const [summary, calibrator, { threshold }] = await Promise.all([inputs.summary.read(), inputs.calibrator.read(), inputs.decision.read()]);
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  for (const name of TABLE_NAMES) await db.view(`all_${name}`, inputs[name].path);
  for (const name of ['holdout', 'development'] as const) await db.view(name, inputs[name].path);
  await db.run(bookSql);
  using model = await loadFittedModel(inputs.model.path, { summary, threads, projectDir: own.projectDir });
  const ranges = await readPlausibleRanges(db);
  const refused = await readRefused(db, { model, calibrator, threshold, ranges, ...params });
  progress(1, 2, 'other loans for the refused');
  if (refused.length > 0) await prepareVariants(db);
  using fitted = await FittedVariants.open({
    stateDir: inputs.fitted.path,
    projectDir: own.projectDir,
    tempDir,
    threads,
    memoryMb: memoryMb / 4,
  });
  const found = await findCounterfactuals({
    refused,
    features: model.features,
    threshold,
    featuresOf: (variants) => variantFeatures({ db, fitted, tempDir }, variants, model.features),
    score: (matrix) => scoreRows(model, matrix, calibrator).calibrated,
  });
  const contracts = new Map(refused.map(({ client, contract }) => [client, contract]));
  const result: Recourse = {
    threshold,
    ranges: [...ranges],
    clients: found.map((counterfactual) => ({
      ...counterfactual,
      contract: contracts.get(counterfactual.client) ?? '',
      ...counterfactualWords(counterfactual),
    })),
  };
  await outputs.recourse.write(result);
  await outputs.page.write(recoursePage(result));
  const turned = result.clients.filter(({ found: way }) => way !== null).length;
  log.info(`of ${result.clients.length} refusals looked at, another loan would turn ${turned}`, {
    highlights: [{ label: 'Recourse', port: 'page' }],
  });
};
export default run;
