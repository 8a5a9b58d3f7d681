import { writeFile } from 'node:fs/promises';
import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { chooseFeatures } from './choose-features.ts';
import { positiveWeight } from './class-weight.ts';
import { crossValidate, mean } from './cross-validate.ts';
import { readDevelopment } from './development.ts';
import { trainFinalModel } from './final-model.ts';
import { logCrossValidation, logRound } from './log-metrics.ts';
import { scoreMargins } from './round-scores.ts';
import type { train } from './stage.ts';
import { selectColumns } from './submatrix.ts';
import { summarise } from './summarise.ts';
import { openTrainer } from './trainers/open-trainer.ts';
import { writeOof } from './write-oof.ts';

const run: StageBody<typeof train> = async (context) => {
  const { inputs, params, outputs, threads, memoryMb, tempDir, signal, log, progress } = context;
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  const development = await readDevelopment(db, inputs.development.path);
  const catalogue = await inputs.catalogue.read();
  const chosen = chooseFeatures(development.features.columns, catalogue, params.useProhibited);
  const data = { ...development, features: selectColumns(development.features, chosen.used) };
  const costs = { falseNegative: params.costFalseNegative, falsePositive: params.costFalsePositive };
  const scoring = { costs, positiveWeight: positiveWeight(params.classWeight, data.target, costs) };
  const options = { ...scoring, patience: params.patience, signal };
  const setup = { params, target: data.target, threads, projectDir: context.run.projectDir };
  const trainer = await openTrainer({ ...setup, columns: chosen.entries });

  const cv = await crossValidate(trainer, data, {
    ...options,
    onRound: (round, folds) => {
      logRound(outputs.metrics, round, folds);
      progress(round, trainer.maxRounds, `round ${round}: AUC ${mean(folds.map(({ valid }) => valid.auc)).toFixed(4)}`);
    },
  });
  // Whoever is in one fold has one and the same margin: nothing tells them apart.
  const advice = trainer.advice?.({ bestRound: cv.bestRound, constant: new Set(cv.margin).size <= cv.folds.length });
  if (typeof advice === 'string') log.warn(advice);
  await writeOof(db, outputs.oof.path, data, cv);
  logCrossValidation(outputs.metrics, data.target, cv, scoring);
  log.info(
    `${params.trainer}: ${cv.bestRound} round${cv.bestRound === 1 ? '' : 's'}, cross-validated AUC ${mean(cv.folds.map(({ auc }) => auc)).toFixed(4)}`,
  );

  const bytes = await trainFinalModel(trainer, data, {
    ...options,
    rounds: cv.bestRound,
    onRound: (round) => progress(round, cv.bestRound, 'the model of all rows'),
  });
  await writeFile(outputs.model.path, bytes);
  await outputs.summary.write(summarise({ trainer, params, data, chosen, cv, positiveWeight: scoring.positiveWeight }));

  if (params.measureProhibited && chosen.prohibited.length > 0) {
    const all = await crossValidate(await openTrainer({ ...setup, columns: chosen.all }), development, {
      ...options,
      onRound: (round) => progress(round, trainer.maxRounds, 'what sex and age would add'),
    });
    outputs.metrics.log('cv_auc_with_prohibited', mean(all.folds.map(({ auc }) => auc)));
    outputs.metrics.log('cv_log_loss_with_prohibited', scoreMargins(data.target, all.margin, scoring).logLoss);
  }
};
export default run;
