import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { confusion } from '../metrics/confusion.ts';
import { costsOf } from '../metrics/cost.ts';
import { loadFittedModel } from '../scoring/model/load-fitted-model.ts';
import { readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import { curvesOf } from './curves.ts';
import type { Evaluation } from './evaluation-schema.ts';
import { type Explanation, explain } from './explain.ts';
import { measureFairness } from './fairness.ts';
import { writeFigures } from './figures/write-figures.ts';
import { type Headline, type JudgedRows, type JudgeOptions, judge } from './headline.ts';
import { readHoldoutLabels } from './holdout-labels.ts';
import { inputExample, writeHoldoutSample } from './holdout-sample.ts';
import { logMetrics } from './log-metrics.ts';
import { readGroups } from './read-groups.ts';
import type { evaluate } from './stage.ts';
import { trivialCosts } from './trivial-costs.ts';
import { decide, writePredictions } from './write-predictions.ts';

/** Parts that the progress bar counts, besides the bootstrap's replicates. */
const STEPS = 4;

const run: StageBody<typeof evaluate> = async (context) => {
  const { inputs, params, outputs, threads, memoryMb, tempDir, progress } = context;
  const [summary, calibrator, decision] = await Promise.all([inputs.summary.read(), inputs.calibrator.read(), inputs.decision.read()]);
  const catalogue = await inputs.catalogue.read();
  const total = params.bootstrap + STEPS;
  using db = await DuckDb.open({ threads, memoryMb, tempDir });
  await db.view('holdout', inputs.holdout.path);
  await db.view('applications', inputs.applications.path);
  const labels = await readHoldoutLabels(db);
  const matrix = await readFeatureMatrix(db, 'holdout', summary.features);
  using model = await loadFittedModel(inputs.model.path, {
    summary,
    sha256: inputs.model.digest,
    threads,
    projectDir: context.run.projectDir,
  });
  const scores = scoreRows(model, matrix, calibrator);
  await writePredictions(db, outputs.predictions.path, labels, { ...scores, decision: decide(scores.calibrated, decision.threshold) });
  await writeHoldoutSample(db, summary.features, outputs.sample.path);
  await outputs.example.write(inputExample(matrix, summary.features));
  progress(1, total, 'scored the holdout');

  const rows = { target: labels.target, ...scores };
  const costs = costsOf(decision);
  const options: JudgeOptions = { threshold: decision.threshold, costs, replicates: params.bootstrap, seed: params.seed };
  const judged = judge(rows, { ...options, onReplicate: (done) => progress(1 + done, total, 'intervals') });
  const fairness = measureFairness(rows, await readGroups(db, Object.keys(inputs.applications.columns)), options);
  progress(total - 2, total, 'explaining');
  const explanation = explain(model, matrix, { catalogue, rows: params.shapRows, seed: params.seed });
  if (model.explainer.kind === 'none') context.log.warn(`this model is not explained: ${model.explainer.reason}`);
  const evaluation = assemble(rows, options, { judged, fairness, explanation });
  progress(total - 1, total, 'figures');
  await writeFindings(context, evaluation, judged);
  progress(total, total);
};

async function writeFindings({ inputs, outputs, log }: Parameters<typeof run>[0], evaluation: Evaluation, judged: Headline): Promise<void> {
  await outputs.evaluation.write(evaluation);
  logMetrics(outputs.metrics, evaluation, judged);
  await writeFigures(outputs.figures.path, evaluation, await inputs.trainMetrics.read());
  const { value, lo, hi } = judged.headline.auc;
  const interval = `95% ${lo.toFixed(4)}–${hi.toFixed(4)}`;
  log.info(`holdout AUC ${value.toFixed(4)} (${interval}) on ${evaluation.rows} clients, ${evaluation.positives} of whom defaulted`);
}

interface Findings {
  readonly judged: Headline;
  readonly fairness: Evaluation['fairness'];
  readonly explanation: Explanation;
}

function assemble(rows: JudgedRows, options: JudgeOptions, { judged, fairness, explanation }: Findings): Evaluation {
  const counts = confusion(rows.target, rows.calibrated, options.threshold);
  return {
    rows: rows.target.length,
    positives: counts.fn + counts.tp,
    headline: judged.headline,
    baselines: trivialCosts(counts, options.costs),
    threshold: options.threshold,
    confusion: counts,
    approvalRate: judged.approvalRate.value,
    badRateAmongApproved: judged.badRateAmongApproved?.value ?? null,
    ...curvesOf(rows, options),
    importance: explanation.importance,
    shapAdditivityError: explanation.additivityError,
    fairness,
  };
}

export default run;
