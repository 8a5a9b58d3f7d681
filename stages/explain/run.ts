import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { ADDITIVITY_TOLERANCE, exactContributions } from '../explanations/contributions.ts';
import { groupByReason } from '../explanations/reasons.ts';
import { referenceOf } from '../explanations/reference.ts';
import { loadFittedModel } from '../scoring/model/load-fitted-model.ts';
import { readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import { writeNothing } from './no-contributions.ts';
import { pickRows } from './read-rows.ts';
import { findings } from './findings.ts';
import type { explain } from './stage.ts';
import { explanationPage } from './page/explanation-page.ts';
import { writeDrawings } from './write-drawings.ts';
import { writeReasons } from './write-reasons.ts';

const STEPS = 4;

const run: StageBody<typeof explain> = async (context) => {
  const { inputs, params, outputs, threads, memoryMb, tempDir, progress, log } = context;
  const [summary, calibrator, decision] = await Promise.all([inputs.summary.read(), inputs.calibrator.read(), inputs.decision.read()]);
  const catalogue = await inputs.catalogue.read();
  const { threshold } = decision;
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  using model = await loadFittedModel(inputs.model.path, { summary, threads, projectDir: context.run.projectDir });
  if (model.explainer.kind === 'none') {
    await writeNothing(db, outputs, model.explainer.reason);
    log.warn(`no explanations: ${model.explainer.reason}`);
    return;
  }
  for (const name of ['holdout', 'development', 'oof'] as const) await db.view(name, inputs[name].path);
  const picked = await pickRows(db, { ...params, calibrator, threshold });
  const matrix = await readFeatureMatrix(db, 'explained', summary.features);
  const background = await readFeatureMatrix(db, 'reference_rows', summary.features);
  progress(1, STEPS, 'contributions');
  const compared = exactContributions(model, background);
  const reference = referenceOf(compared, background, picked.reference);
  const contributions = exactContributions(model, matrix);
  const { calibrated } = scoreRows(model, matrix, calibrator);
  progress(2, STEPS, 'are the reasons the real ones?');
  const found = findings({
    method: model.explainer.method,
    clients: picked.clients,
    matrix,
    contributions,
    calibrated,
    threshold,
    catalogue,
    groups: groupByReason(reference, catalogue),
    additivityError: Math.max(contributions.additivityError, compared.additivityError),
    additivityTolerance: ADDITIVITY_TOLERANCE,
    marginOf: (rows) => model.predict(rows).margin,
    ...params,
  });
  progress(3, STEPS, 'figures');
  await outputs.explanations.write(found.explanations);
  await outputs.reference.write(reference);
  await writeReasons(db, outputs.reasons.path, found.reasons);
  const drawings = await writeDrawings(outputs.figures.path, { explanations: found.explanations, contributions, matrix });
  await outputs.page.write(explanationPage(found.explanations, drawings));
  const test = found.explanations.faithfulness;
  if (test !== null && test.difference.lo <= 0) {
    log.warn(
      `the reasons named move the score by ${test.named.toFixed(3)}, others drawn at random by ${test.random.toFixed(3)}: they may not be the real ones`,
      { faithfulness: test },
    );
  }
  log.info(`explained ${contributions.rows} clients, gave reasons for ${found.explanations.refused} refusals`, {
    highlights: [{ label: 'Explanations', port: 'page' }],
  });
  progress(STEPS, STEPS);
};
export default run;
