import { DuckDb, openXgboost, type StageBody, type Xgboost } from '../../pipeline/index.ts';
import { boosterParameters, leafWeight } from './booster-parameters.ts';
import { chooseFeatures } from './choose-features.ts';
import { positiveWeight } from './class-weight.ts';
import { type CrossValidation, type CrossValidationOptions, crossValidate, mean } from './cross-validate.ts';
import { type Development, readDevelopment } from './development.ts';
import { saveFinalModel } from './final-model.ts';
import { logCrossValidation, logRound } from './log-metrics.ts';
import { scoreMargins } from './round-scores.ts';
import type { ModelSummary, train } from './stage.ts';
import { selectColumns } from './submatrix.ts';
import { writeOof } from './write-oof.ts';

const run: StageBody<typeof train> = async ({
  inputs,
  params,
  outputs,
  threads,
  memoryMb,
  tempDir,
  signal,
  log,
  progress,
  run: { projectDir },
}) => {
  const xgb = openXgboost({ projectDir, threads });
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  const development = await readDevelopment(db, inputs.development.path);
  const chosen = chooseFeatures(development.features.columns, await inputs.catalogue.read(), params.useProhibited);
  const data = { ...development, features: selectColumns(development.features, chosen.used) };
  const costs = { falseNegative: params.costFalseNegative, falsePositive: params.costFalsePositive };
  const weight = positiveWeight(params.classWeight, data.target, costs);
  const scoring = { costs, positiveWeight: weight };
  const parameters = boosterParameters({ ...params, minChildWeight: leafWeight(params.minChildWeight, data.target) });
  const options = { ...scoring, parameters, rounds: params.rounds, patience: params.patience, signal };

  const cv = await crossValidate(xgb, data, {
    ...options,
    onRound: (round, folds) => {
      logRound(outputs.metrics, round, folds);
      progress(round, params.rounds, `round ${round}: AUC ${mean(folds.map(({ valid }) => valid.auc)).toFixed(4)}`);
    },
  });
  warnOfRounds(cv, { ...params, log });
  await writeOof(db, outputs.oof.path, data, cv);
  logCrossValidation(outputs.metrics, data.target, cv, scoring);
  log.info(`${cv.bestRound} rounds, cross-validated AUC ${mean(cv.folds.map(({ auc }) => auc)).toFixed(4)}`);

  await saveFinalModel(xgb, data, outputs.model.path, {
    ...options,
    rounds: cv.bestRound,
    onRound: (round) => progress(round, cv.bestRound, 'the model of all rows'),
  });
  await outputs.summary.write(summarise({ xgb, data, chosen, cv, options, classWeight: params.classWeight }));

  if (params.measureProhibited && chosen.prohibited.length > 0) {
    const all = await crossValidate(xgb, development, {
      ...options,
      onRound: (round) => progress(round, params.rounds, 'what sex and age would add'),
    });
    outputs.metrics.log('cv_auc_with_prohibited', mean(all.folds.map(({ auc }) => auc)));
    outputs.metrics.log('cv_log_loss_with_prohibited', scoreMargins(data.target, all.margin, scoring).logLoss);
  }
};
export default run;

function warnOfRounds(
  { bestRound, folds, margin }: CrossValidation,
  { rounds, log }: { rounds: number; log: { warn(message: string): void } },
): void {
  // Whoever is in one fold has one and the same margin: no tree has a split.
  if (new Set(margin).size <= folds.length) {
    log.warn(
      `no tree makes a split, everybody gets the same probability: under these params nothing tells the defaults in ${margin.length} rows apart; lower params.train.minChildWeight, alpha or lambda, or look at the features`,
    );
  } else if (bestRound >= rounds) {
    log.warn(`the best round is the last one allowed, ${rounds}: more rounds may do better; raise params.train.rounds or params.train.eta`);
  }
}

interface SummaryParts {
  readonly xgb: Xgboost;
  readonly data: Development;
  readonly chosen: { readonly used: readonly string[]; readonly prohibited: readonly string[] };
  readonly cv: CrossValidation;
  readonly options: Pick<CrossValidationOptions, 'parameters' | 'positiveWeight'>;
  readonly classWeight: ModelSummary['classWeight'];
}

function summarise({ xgb, data, chosen, cv, options, classWeight }: SummaryParts): ModelSummary {
  const positives = data.target.reduce((sum, value) => sum + value, 0);
  return {
    library: 'xgboost',
    libraryVersion: xgb.version,
    features: [...chosen.used],
    prohibited: [...chosen.prohibited],
    rounds: cv.bestRound,
    classWeight,
    positiveWeight: options.positiveWeight,
    baseRate: positives / data.target.length,
    rows: data.target.length,
    positives,
    folds: cv.folds.map(({ fold, rows, positives: defaults, auc, rounds }) => ({ fold, rows, positives: defaults, auc, rounds })),
    parameters: options.parameters,
  };
}
