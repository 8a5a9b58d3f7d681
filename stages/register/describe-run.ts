import type { Calibrator, Decision } from '../calibrate/stage.ts';
import type { DriftResult } from '../drift/drift-schema.ts';
import type { Evaluation } from '../evaluate/evaluation-schema.ts';
import type { Verdict } from '../gate/stage.ts';
import type { ModelSummary } from '../train/stage.ts';
import { modelFile } from '../champion/champion-files.ts';
import { pyfuncLoader } from './pyfunc-loader.ts';
import { pythonSnippet } from './python-snippet.ts';

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
export function describeRun(facts: RunFacts): string {
  const { summary, evaluation, calibrator, decision, drift } = facts;
  const { auc, costPerApplicant, ece } = evaluation.headline;
  return [
    `**${verdictSentence(facts.verdict)}**`,
    '',
    ...failedRules(facts.verdict),
    `- Holdout AUC **${auc.value.toFixed(4)}** (95 % ${auc.lo.toFixed(4)}–${auc.hi.toFixed(4)}), ${evaluation.rows} clients, ${evaluation.positives} defaults`,
    `- Cost per applicant **${costPerApplicant.value.toFixed(4)}** at ${decision.costFalseNegative}·FN + ${decision.costFalsePositive}·FP; granting everybody costs ${evaluation.baselines.acceptAll.toFixed(4)}`,
    `- Calibration: ${calibrator.method}, error ${ece.value.toFixed(4)}; refuse from a calibrated probability of ${decision.threshold.toFixed(4)}: ${(100 * evaluation.approvalRate).toFixed(1)} % are granted`,
    `- ${summary.library} ${summary.libraryVersion}, ${summary.features.length} features, ${summary.rounds} rounds, class weight ${summary.classWeight}`,
    drift === null
      ? '- Drift: not measured'
      : `- Drift: ${drift.verdict.status}, ${drift.evidently.numberOfDriftedColumns} of ${drift.evidently.numberOfColumns} columns`,
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

/** One line for the version's page. */
export function describeVersion({ evaluation, verdict }: RunFacts): string {
  const { auc } = evaluation.headline;
  return `${verdictSentence(verdict)} Holdout AUC ${auc.value.toFixed(4)} (95 % ${auc.lo.toFixed(4)}–${auc.hi.toFixed(4)}). Returns the probability of default before calibration, after it with the param calibrated.`;
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
