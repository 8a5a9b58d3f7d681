import { writeFile } from 'node:fs/promises';
import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { costsOf } from '../metrics/cost.ts';
import { chooseFeatures, type ChosenFeatures } from './choose-features.ts';
import { positiveWeight } from './class-weight.ts';
import { type CrossValidation, crossValidate, type CrossValidationOptions, mean } from './cross-validate.ts';
import { type Development, readDevelopment, readFeatures } from './development.ts';
import { trainFinalModel } from './final-model.ts';
import { learningCurve } from './learning-curve.ts';
import { learnCategories } from './learn-categories.ts';
import { logCrossValidation, logLearning, logRound } from './log-metrics.ts';
import { scoreMargins } from './round-scores.ts';
import type { train } from './stage.ts';
import { summarise } from './summarise.ts';
import { categoricalColumns } from './trainers/categorical-columns.ts';
import { openTrainer } from './trainers/open-trainer.ts';
import type { Trainer, TrainerSetup } from './trainers/trainer.ts';
import { writeNoOof, writeOof } from './write-oof.ts';

type Context = Parameters<StageBody<typeof train>>[0];

interface Work {
  readonly db: DuckDb;
  readonly development: Development;
  readonly chosen: ChosenFeatures;
  readonly setup: Omit<TrainerSetup, 'columns'>;
  readonly options: CrossValidationOptions;
}

const run: StageBody<typeof train> = async (context) => {
  const { inputs, params, threads, memoryMb, tempDir, signal } = context;
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  const development = await readDevelopment(db, inputs.development.path);
  const chosen = chooseFeatures(development.columns, await inputs.catalogue.read(), params);
  adviseOnCategories(chosen, params.trainer, context.log);
  const { target } = development;
  const costs = costsOf(params);
  // Read where it matters alone: what is not read invalidates nothing.
  const { resample } = params;
  const resampling =
    resample === 'none'
      ? null
      : { resample, resampleShare: params.resampleShare, seed: params.seed, categorical: categoricalColumns(chosen.all) };
  const imbalance = { positiveWeight: positiveWeight(params.classWeight, target, costs), resampling };
  const options = { ...imbalance, costs, patience: params.patience, stopOn: params.stopOn, signal };
  const work: Work = { db, development, chosen, setup: { params, target, threads, projectDir: context.run.projectDir }, options };
  await makeModel(context, work);
  // One after the other, each with a matrix of its own: two would not fit where one does.
  if (params.measureProhibited && chosen.prohibited.length > 0) await measureProhibited(context, work);
  else await writeNoOof(db, context.outputs.oofWithProhibited.path);
};
export default run;

async function makeModel({ params, outputs, progress, log }: Context, { db, development, chosen, setup, options }: Work): Promise<void> {
  const data = { ...development, features: await readFeatures(db, development, chosen.used) };
  const categories = learnCategories(data.features, chosen.entries, params);
  const trainer = await openTrainer({ ...setup, columns: chosen.entries });
  const cv = await crossValidate(trainer, data, {
    ...options,
    onRound: (round, folds) => {
      logRound(outputs.metrics, round, folds);
      progress(round, trainer.maxRounds, `round ${round}: AUC ${mean(folds.map(({ valid }) => valid.auc)).toFixed(4)}`);
    },
  });
  adviseOn(trainer, cv, log);
  await writeOof(db, outputs.oof.path, development, cv);
  logCrossValidation(outputs.metrics, development.target, cv, { ...options, positiveWeight: cv.oddsFactor });
  const rounds = `${cv.bestRound} round${cv.bestRound === 1 ? '' : 's'}`;
  log.info(`${params.trainer}: ${rounds}, cross-validated AUC ${mean(cv.folds.map(({ auc }) => auc)).toFixed(4)}`);
  const bytes = await trainFinalModel(trainer, data, {
    ...options,
    rounds: cv.bestRound,
    onRound: (round) => progress(round, cv.bestRound, 'the model of all rows'),
  });
  await writeFile(outputs.model.path, bytes);
  await outputs.summary.write(summarise({ trainer, params, data, chosen, cv, resampling: options.resampling ?? null, categories }));
  const first = cv.folds[0]?.rounds ?? 1;
  logLearning(outputs.metrics, await learningCurve(trainer, data, { ...options, shares: params.learningCurve, rounds: first }), cv);
}

function adviseOnCategories({ categories }: ChosenFeatures, trainer: string, log: Context['log']): void {
  const [first] = categories;
  if (first === undefined) return;
  const which = `${categories.length} column${categories.length === 1 ? '' : 's'} of categories (${first}${categories.length > 1 ? ', …' : ''})`;
  log.warn(
    `${which} left out: ${trainer} would take their codes for quantities; params.train.trainer xgboost, lightgbm and forest take them`,
  );
}

function adviseOn(trainer: Trainer, cv: CrossValidation, log: Context['log']): void {
  // Whoever is in one fold has one and the same margin: nothing tells them apart.
  const advice = trainer.advice?.({ bestRound: cv.bestRound, constant: new Set(cv.margin).size <= cv.folds.length });
  if (typeof advice === 'string') log.warn(advice);
}

async function measureProhibited({ outputs, progress }: Context, { db, development, chosen, setup, options }: Work): Promise<void> {
  const columns = chosen.all.map(({ name }) => name);
  const data = { ...development, features: await readFeatures(db, development, columns) };
  learnCategories(data.features, chosen.all, setup.params);
  const trainer = await openTrainer({ ...setup, columns: chosen.all });
  const cv = await crossValidate(trainer, data, {
    ...options,
    onRound: (round) => progress(round, trainer.maxRounds, 'what sex and age would add'),
  });
  await writeOof(db, outputs.oofWithProhibited.path, development, cv);
  outputs.metrics.log('cv_auc_with_prohibited', mean(cv.folds.map(({ auc }) => auc)));
  outputs.metrics.log(
    'cv_log_loss_with_prohibited',
    scoreMargins(development.target, cv.margin, { ...options, positiveWeight: cv.oddsFactor }).logLoss,
  );
}
