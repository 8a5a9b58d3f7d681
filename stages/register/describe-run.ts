import { PLACEHOLDERS, type RunAccount } from '../../pipeline/index.ts';
import type { Calibrator, Decision } from '../calibrate/stage.ts';
import type { DriftResult } from '../drift/drift-schema.ts';
import type { Evaluation } from '../evaluate/evaluation-schema.ts';
import type { Verdict } from '../gate/stage.ts';
import type { ModelSummary } from '../train/stage.ts';
import { modelFile } from '../champion/champion-files.ts';
import { pyfuncLoader } from './pyfunc-loader.ts';
import { pythonSnippet } from './python-snippet.ts';

/** What the description says beside the facts of the model. */
export interface DescribedRun extends RunFacts {
  /** Id of the run in Sluice. */
  readonly run: string;
  readonly stages: RunAccount['stages'];
  /** The champion that the compare page is about; null where there is none. */
  readonly compared: string | null;
}

export interface RunFacts {
  readonly modelName: string;
  readonly summary: ModelSummary;
  readonly evaluation: Evaluation;
  readonly calibrator: Calibrator;
  readonly decision: Decision;
  readonly verdict: Verdict | null;
  readonly drift: DriftResult | null;
}

/** The note on the run's page, Markdown: the verdict, the numbers that carry it, how to use the model. */
export function describeRun(facts: DescribedRun): string {
  const { summary, evaluation, calibrator, decision, drift } = facts;
  const { auc, costPerApplicant, ece } = evaluation.headline;
  return [
    `**${verdictSentence(facts.verdict)}**`,
    '',
    ...failedRules(facts.verdict),
    `- Holdout AUC **${auc.value.toFixed(4)}** (95% ${auc.lo.toFixed(4)}–${auc.hi.toFixed(4)}), ${evaluation.rows} clients, ${evaluation.positives} defaults`,
    `- Cost per applicant **${costPerApplicant.value.toFixed(4)}** at ${decision.costFalseNegative}·FN + ${decision.costFalsePositive}·FP; granting everybody costs ${evaluation.baselines.acceptAll.toFixed(4)}`,
    `- Calibration: ${calibrator.method}, error ${ece.value.toFixed(4)}; refuse from a calibrated probability of ${decision.threshold.toFixed(4)}: ${(100 * evaluation.approvalRate).toFixed(1)}% are granted`,
    `- ${summary.library} ${summary.libraryVersion}, ${summary.features.length} features, ${summary.rounds} rounds, class weight ${summary.classWeight}`,
    drift === null
      ? '- Drift: not measured'
      : `- Drift: ${drift.verdict.status}, ${drift.evidently.numberOfDriftedColumns} of ${drift.evidently.numberOfColumns} columns`,
    ...stageLines(facts),
    '',
    links(facts),
    '',
    ...(pyfuncLoader(summary.format) !== undefined
      ? [
          'The model returns the probability of default **before** calibration, and after it with `params={"calibrated": True}`. From Python:',
          '',
          pythonSnippet(facts.modelName),
        ]
      : [
          `The trainer "${summary.trainer}" has no loader in Python: ${modelFile(summary.format)} (format ${summary.format}) is scored by Sluice, with \`sluice score\` or the gate.`,
        ]),
  ].join('\n');
}

/** Which stages this run executed, and whose outputs the others are. */
function stageLines({ run, stages }: DescribedRun): string[] {
  if (stages.length === 0) return [];
  const names = (from: string): string =>
    stages
      .filter(({ madeBy }) => madeBy === from)
      .map(({ stage }) => stage)
      .join(', ');
  const others = [...new Set(stages.map(({ madeBy }) => madeBy))].filter((from) => from !== run);
  return [`- Executed by this run: ${names(run) || 'nothing'}`, ...others.map((from) => `- Reused from run ${from}: ${names(from)}`)];
}

/** To the files of this run, in MLflow's own page. */
function links({ verdict, drift, compared }: DescribedRun): string {
  const files = [
    ['Report', 'reports/run.html'],
    ...(verdict === null ? [] : [['Gate', 'tables/gate_rules.json']]),
    ...(compared === null ? [] : [[`Against ${compared}`, 'reports/compare.html']]),
    ['Model card', 'model_card.md'],
    ['Validation', 'reports/validation.html'],
    ...(drift === null ? [] : [['Drift', 'reports/drift.html']]),
  ];
  const folder = `#/experiments/${PLACEHOLDERS.experimentId}/runs/${PLACEHOLDERS.runId}/artifacts`;
  return files.map(([label, path]) => `[${label}](${folder}/${path})`).join(' · ');
}

/** One line for the version's page. */
export function describeVersion({ evaluation, verdict }: RunFacts): string {
  const { auc } = evaluation.headline;
  return `${verdictSentence(verdict)} Holdout AUC ${auc.value.toFixed(4)} (95% ${auc.lo.toFixed(4)}–${auc.hi.toFixed(4)}). Returns the probability of default before calibration, after it with the param calibrated.`;
}

function verdictSentence(verdict: Verdict | null): string {
  if (verdict === null) return 'No verdict: the gate did not judge this model.';
  return verdict.verdict === 'passed'
    ? `Passed the gate; judged against: ${verdict.against}.`
    : `Rejected by the gate; judged against: ${verdict.against}.`;
}

function failedRules(verdict: Verdict | null): string[] {
  return (verdict?.rules ?? []).filter((rule) => !rule.passed).map((rule) => `- Failed: ${rule.rule}: ${rule.reason}`);
}
