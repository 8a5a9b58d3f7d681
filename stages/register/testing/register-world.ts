import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDb, type InputExample, openXgboost, type RunAccount } from '../../../pipeline/index.ts';
import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { Calibrator, Decision } from '../../calibrate/stage.ts';
import type { ChampionStatus } from '../../champion/stage.ts';
import type { ChampionComparison } from '../../gate/comparison.ts';
import { inputExample, writeHoldoutSample } from '../../evaluate/holdout-sample.ts';
import type { Evaluation } from '../../evaluate/evaluation-schema.ts';
import type { Verdict } from '../../gate/stage.ts';
import { readFeatureMatrix } from '../../scoring/score-rows.ts';
import type { ModelSummary } from '../../train/stage.ts';
import rowsSql from './rows.sql';

/** Features with gaps, whole numbers and a name with a space. */
const FEATURES = ['EXT_SOURCE_1', 'AMT CREDIT', 'CNT_CHILDREN', 'DAYS_EMPLOYED'] as const;

export const CALIBRATOR: Calibrator = { method: 'platt', a: 0.9, b: -0.1 };
const DECISION: Decision = {
  costFalseNegative: 10,
  costFalsePositive: 1,
  threshold: 1 / 11,
  thresholdFromData: { value: 0.1, lo: 0.08, hi: 0.12, regretOfCostThreshold: 0.001 },
};

export interface WorldOptions {
  readonly seed?: number;
  readonly rounds?: number;
  readonly verdict?: Verdict['verdict'];
  readonly champion?: ChampionStatus;
}

export interface RegisterWorld {
  /** Inputs of the register stage, by port. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly features: readonly string[];
}

/** A small, complete set of inputs of the register stage: a real booster on 2,400 made-up rows, everything else plausible. */
export async function makeRegisterWorld(
  projectDir: string,
  { seed = 1, rounds = 12, verdict = 'passed', champion = { state: 'none' } }: WorldOptions = {},
): Promise<RegisterWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-register-'));
  const at = (name: string): string => join(dir, name);
  const json = async (name: string, value: unknown): Promise<string> => {
    await writeFile(at(name), JSON.stringify(value));
    return at(name);
  };
  using db = await DuckDb.open({ threads: 1, memoryMb: 512, tempDir: dir });
  await db.run('create table rows as ' + rowsSql.replace('$seed', String(seed)));
  for (const part of ['development', 'holdout'])
    await db.copyToParquet(
      `select * exclude (fold), fold from rows where ${part === 'holdout' ? 'fold = -1' : 'fold >= 0'} order by SK_ID_CURR`,
      at(`${part}.parquet`),
    );
  const libraryVersion = await trainAndPredict(db, { projectDir, rounds, model: at('model.ubj'), predictions: at('predictions.parquet') });
  await mkdir(at('figures'));
  await mkdir(at('champion-files'));
  await writeFile(at('verdict.md'), '# Gate\n');
  await mkdir(at('explanation-figures'));
  await mkdir(at('fitted'));
  await writeFile(at('fitted/state.json'), `${JSON.stringify({ schema: 'fitted-state/1', families: [], seed })}\n`);
  await writeFile(at('fitted/previous-0.ubj'), `a model of ${seed}`);
  await writeFile(at('figures/roc.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>');
  await writeFile(at('card.md'), '# Model card\n');
  await writeFile(at('report.html'), '<!doctype html><title>run</title>');
  await writeFile(at('drift.html'), '<!doctype html><title>drift</title>');
  const metric = (name: string, value: number, step = 0): string => `${JSON.stringify({ name, value, step })}\n`;
  await writeFile(
    at('train.ndjson'),
    [
      metric('cv_auc', 0.75),
      ...Array.from(
        { length: 300 },
        (_, round) =>
          metric('fold0_valid_auc', 0.6 + round / 3000, round + 1) +
          metric('fold0_train_auc', 0.7, round + 1) +
          metric('fold1_valid_cost', 0.5, round + 1) +
          metric('fold1_valid_auc', 0.7, round + 1),
      ),
    ].join(''),
  );
  await writeFile(at('calibration.ndjson'), metric('calibration_ece_platt', 0.01));
  await writeFile(
    at('evaluate.ndjson'),
    metric('holdout_auc', 0.75) + metric('threshold', DECISION.threshold) + metric('holdout_rows', 1200),
  );
  await writeFile(at('drift.ndjson'), metric('drift_share', 0.125));
  const verdictJson: Verdict = {
    verdict,
    against: 'no champion',
    rules: [{ rule: 'auc', passed: verdict === 'passed', value: 0.7, limit: 0.65, reason: 'lower bound of the AUC' }],
  };
  return {
    features: FEATURES,
    inputs: {
      model: at('model.ubj'),
      summary: await json('summary.json', summary(libraryVersion, rounds)),
      trainMetrics: at('train.ndjson'),
      calibrator: await json('calibrator.json', CALIBRATOR),
      decision: await json('decision.json', DECISION),
      calibrationMetrics: at('calibration.ndjson'),
      metrics: at('evaluate.ndjson'),
      evaluation: await json('evaluation.json', evaluation),
      predictions: at('predictions.parquet'),
      figures: at('figures'),
      sample: at('sample.parquet'),
      example: await json('example.json', await sampleOf(db, at('sample.parquet'))),
      modelCard: at('card.md'),
      modelCardPage: at('report.html'),
      validationPage: at('report.html'),
      dataSheetPage: at('report.html'),
      explanations: await json('explanations.json', { method: 'none', why: 'a small world' }),
      explanationReference: await json('reference.json', null),
      explanationFigures: at('explanation-figures'),
      explanationPage: at('report.html'),
      recourse: await json('recourse.json', { clients: [] }),
      recoursePage: at('report.html'),
      catalogue: await json('catalogue.json', []),
      fittedState: at('fitted'),
      development: at('development.parquet'),
      holdout: at('holdout.parquet'),
      applicationTrain: at('development.parquet'),
      applicationTest: at('holdout.parquet'),
      champion: await json('champion.json', champion),
      championFiles: at('champion-files'),
      ahead: await json('ahead.json', null),
      verdict: await json('verdict.json', verdictJson),
      verdictText: at('verdict.md'),
      comparison: await json('comparison.json', champion.state === 'known' ? comparison : null),
      driftResult: await json('drift.json', drift),
      driftPage: at('drift.html'),
      driftMetrics: at('drift.ndjson'),
      reportPage: at('report.html'),
    },
  };
}

/** Writes the sample of the holdout. @returns the model's input example, of real rows with gaps */
async function sampleOf(db: DuckDb, path: string): Promise<InputExample> {
  await db.run('create view holdout as select * from rows where fold = -1');
  await writeHoldoutSample(db, FEATURES, path);
  return inputExample(await readFeatureMatrix(db, 'holdout', FEATURES), FEATURES);
}

async function trainAndPredict(
  db: DuckDb,
  options: { projectDir: string; rounds: number; model: string; predictions: string },
): Promise<string> {
  const xgboost = openXgboost({ projectDir: options.projectDir, threads: 1 });
  const columns = FEATURES.map((name) => `"${name}"`).join(', ');
  const label = Float32Array.from(await db.column('select TARGET from rows where fold >= 0 order by SK_ID_CURR'));
  using train = xgboost.matrix(await db.matrix(`select ${columns} from rows where fold >= 0 order by SK_ID_CURR`), { label });
  using booster = xgboost.booster({ objective: 'binary:logistic', max_depth: 3, eta: 0.3, seed: 1, base_score: 0.2 }, [train]);
  for (let round = 0; round < options.rounds; round++) booster.update(round, train);
  booster.save(options.model);
  using holdout = xgboost.matrix(await db.matrix(`select ${columns} from rows where fold = -1 order by SK_ID_CURR`));
  const probability = booster.predict(holdout, { type: 'value' });
  const calibrated = applyCalibrator(CALIBRATOR, probability);
  await db.createTable('predictions', {
    SK_ID_CURR: { type: 'INTEGER', values: await db.column('select SK_ID_CURR from rows where fold = -1 order by SK_ID_CURR') },
    target: { type: 'TINYINT', values: await db.column('select TARGET from rows where fold = -1 order by SK_ID_CURR') },
    margin: { type: 'FLOAT', values: booster.predict(holdout, { type: 'margin' }) },
    probability: { type: 'FLOAT', values: probability },
    calibrated: { type: 'DOUBLE', values: calibrated },
    decision: { type: 'TINYINT', values: Array.from(calibrated, (value) => Number(value >= DECISION.threshold)) },
  });
  await db.copyToParquet('select * from predictions order by SK_ID_CURR', options.predictions);
  return xgboost.version;
}

function summary(libraryVersion: string, rounds: number): ModelSummary {
  return {
    trainer: 'xgboost',
    format: 'xgboost-ubj',
    library: 'xgboost',
    libraryVersion,
    features: [...FEATURES],
    prohibited: ['AGE'],
    rounds,
    classWeight: 'none',
    positiveWeight: 1,
    baseRate: 0.2,
    rows: 1200,
    positives: 240,
    folds: [{ fold: 0, rows: 600, positives: 120, auc: 0.75, rounds }],
    parameters: { eta: 0.3, max_depth: 3, objective: 'binary:logistic' },
  };
}

const around = (value: number) => ({ value, lo: value - 0.01, hi: value + 0.01 });
const evaluation: Evaluation = {
  rows: 1200,
  positives: 240,
  headline: {
    auc: around(0.75),
    gini: around(0.5),
    ks: around(0.4),
    prAuc: around(0.3),
    logLoss: around(0.3),
    brier: around(0.1),
    ece: around(0.02),
    costPerApplicant: around(0.6),
  },
  baselines: { acceptAll: 2, refuseAll: 0.8 },
  threshold: DECISION.threshold,
  confusion: { tn: 800, fp: 160, fn: 40, tp: 200 },
  approvalRate: 0.7,
  badRateAmongApproved: 0.05,
  calibration: [],
  lift: [],
  roc: { x: [], y: [] },
  precisionRecall: { x: [], y: [] },
  costCurve: { x: [], y: [] },
  importance: [],
  shapAdditivityError: 0,
  fairness: [],
};

const cell = (rows: number, positives: number) => ({ rows, positives, defaultRate: positives / rows });
const comparison: ChampionComparison = {
  against: 'credit-scoring version 1',
  rows: 1200,
  metrics: [
    { metric: 'auc', challenger: 0.75, champion: 0.74, difference: 0.01, lo: 0.002, hi: 0.018 },
    { metric: 'cost_per_applicant', challenger: 0.6, champion: 0.62, difference: -0.02, lo: -0.05, hi: 0.01 },
  ],
  swap: { bothGrant: cell(780, 30), swappedIn: cell(60, 5), swappedOut: cell(40, 10), bothRefuse: cell(320, 195), costChange: -0.02 },
};

/** As an engine would tell it: one stage of this run, one of an earlier one. */
export const ACCOUNT: RunAccount = {
  startedAt: 1_760_000_000_000,
  config: { source: { kind: 'synthetic', scale: 0.02 }, params: { train: { eta: 0.3, odd: ['a', 'b'] } } },
  stages: [
    {
      stage: 'train',
      outcome: 'executed',
      madeBy: 'test',
      finishedAt: new Date(1_760_000_009_000).toISOString(),
      durationMs: 4000,
      usage: { cpuSeconds: 6, peakMemoryMb: 512 },
    },
    { stage: 'ingest', outcome: 'reused', madeBy: '01EARLIER', finishedAt: '2025-10-09T08:00:00.000Z', durationMs: 1000, usage: null },
  ],
  lock: '# a lock\nschema: 1\n',
};

const drift = {
  schema: 'drift/1',
  reference: { name: 'application_train', rows: 1200, sha256: '0' },
  current: { name: 'application_test', rows: 1200, sha256: '1' },
  verdict: { status: 'ok', reasons: [] },
  evidently: {
    mode: '0.7',
    driftShare: 0.5,
    numberOfColumns: 8,
    numberOfDriftedColumns: 1,
    shareOfDriftedColumns: 0.125,
    datasetDrift: false,
  },
  columns: [],
  score: null,
};
