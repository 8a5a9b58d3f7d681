import { DuckDb, openXgboost, type StageBody } from '../../pipeline/index.ts';
import { confusion } from '../metrics/confusion.ts';
import { readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import { writeModelCard } from './card/model-card.ts';
import { curvesOf } from './curves.ts';
import type { Evaluation } from './evaluation-schema.ts';
import { explain } from './explain.ts';
import { measureFairness } from './fairness.ts';
import { writeFigures } from './figures/write-figures.ts';
import { type JudgeOptions, judge } from './headline.ts';
import { readHoldoutLabels } from './holdout-labels.ts';
import { logMetrics } from './log-metrics.ts';
import { readGroups } from './read-groups.ts';
import type { evaluate } from './stage.ts';
import { decide, writePredictions } from './write-predictions.ts';

/** Parts that the progress bar counts, besides the bootstrap's replicates. */
const STEPS = 4;

const run: StageBody<typeof evaluate> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, run: work, log, progress }) => {
  const [summary, calibrator, decision, catalogue] = await Promise.all([inputs.summary.read(), inputs.calibrator.read(), inputs.decision.read(), inputs.catalogue.read()]);
  const total = params.bootstrap + STEPS;
  using db = await DuckDb.open({ threads, memoryMb, tempDir });
  await db.view('holdout', inputs.holdout.path);
  await db.view('applications', inputs.applications.path);
  const labels = await readHoldoutLabels(db);
  const matrix = await readFeatureMatrix(db, 'holdout', summary.features);
  const xgboost = openXgboost({ threads, projectDir: work.projectDir });
  using booster = xgboost.loadModel(inputs.model.path);
  const scores = scoreRows(xgboost, booster, matrix, calibrator);
  progress(1, total, 'scored the holdout');
  await writePredictions(db, outputs.predictions.path, labels, { ...scores, decision: decide(scores.calibrated, decision.threshold) });

  const rows = { target: labels.target, ...scores };
  const costs = { falseNegative: decision.costFalseNegative, falsePositive: decision.costFalsePositive };
  const options: JudgeOptions = { threshold: decision.threshold, costs, replicates: params.bootstrap, seed: params.seed };
  const judged = judge(rows, { ...options, onReplicate: (done) => progress(1 + done, total, 'intervals') });
  const fairness = measureFairness(rows, await readGroups(db), options);
  progress(total - 2, total, 'explaining');
  const explanation = explain(xgboost, booster, matrix, { margin: scores.margin, catalogue, rows: params.shapRows, seed: params.seed });

  const counts = confusion(labels.target, scores.calibrated, decision.threshold);
  const positives = counts.fn + counts.tp;
  const evaluation: Evaluation = {
    rows: labels.target.length,
    positives,
    headline: judged.headline,
    baselines: { acceptAll: (costs.falseNegative * positives) / labels.target.length, refuseAll: (costs.falsePositive * (labels.target.length - positives)) / labels.target.length },
    threshold: decision.threshold,
    confusion: counts,
    approvalRate: judged.approvalRate.value,
    badRateAmongApproved: judged.badRateAmongApproved?.value ?? null,
    ...curvesOf(rows, options),
    importance: [...explanation.importance],
    shapAdditivityError: explanation.additivityError,
    fairness,
  };
  await outputs.evaluation.write(evaluation);
  logMetrics(outputs.metrics, evaluation, judged);
  await writeFigures(outputs.figures.path, evaluation, await inputs.trainMetrics.read());
  progress(total - 1, total, 'figures');
  const digests = { model: inputs.model.digest, holdout: inputs.holdout.digest, calibrator: inputs.calibrator.digest, applications: inputs.applications.digest };
  await writeModelCard(outputs.modelCard.path, { evaluation, summary, calibrator, decision, catalogue, digests, bootstrap: params.bootstrap, explainedRows: explanation.rows, judged });
  progress(total, total);
  const { auc } = judged.headline;
  log.info(`holdout AUC ${auc.value.toFixed(4)} (95 % ${auc.lo.toFixed(4)}–${auc.hi.toFixed(4)}) on ${evaluation.rows} clients, ${positives} of whom defaulted`);
};

export default run;
