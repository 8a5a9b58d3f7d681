import type { Decision } from '../../calibrate/stage.ts';
import { thresholdReason } from '../../calibrate/threshold-reason.ts';
import type { Evaluation } from '../evaluation-schema.ts';
import { percent } from '../figures/number-text.ts';

/** The threshold and what it costs, in words. */
export function economicsSection(
  { headline, baselines, confusion, approvalRate, badRateAmongApproved, rows }: Evaluation,
  decision: Decision,
): string {
  const { costFalseNegative, costFalsePositive, threshold, thresholdFromData: data } = decision;
  const better = Math.min(baselines.acceptAll, baselines.refuseAll);
  const rule = baselines.acceptAll <= baselines.refuseAll ? 'granting every loan' : 'refusing every loan';
  const cost = headline.costPerApplicant;
  return [
    `A granted loan that defaults costs ${costFalseNegative}, a refused loan that would have been repaid costs ${costFalsePositive}.`,
    decision.basis === undefined
      ? `Refusing is cheaper once the calibrated probability reaches ${costFalsePositive} / (${costFalsePositive} + ${costFalseNegative}) = **${threshold.toFixed(6)}**: the threshold follows from the costs, not from the data.`
      : `Refused from a calibrated probability of **${threshold.toFixed(6)}** on: ${thresholdReason(decision)}.`,
    `On the out-of-fold rows the cheapest threshold was ${data.value.toFixed(4)} (95 % ${data.lo.toFixed(4)} to ${data.hi.toFixed(4)}); using the one from the costs gave up ${data.regretOfCostThreshold.toFixed(4)} per applicant there.`,
    '',
    `On the holdout the rule approves ${percent(approvalRate)} of ${rows} applicants${badRateAmongApproved === null ? '' : `, of whom ${percent(badRateAmongApproved)} default`}. It refuses ${confusion.tp} defaulters and ${confusion.fp} payers, and grants ${confusion.fn} loans that default.`,
    `That costs ${cost.value.toFixed(4)} per applicant (95 % ${cost.lo.toFixed(4)} to ${cost.hi.toFixed(4)}), ${percent(cost.value / better)} of the ${better.toFixed(4)} that ${rule} would cost, the better of the two rules that need no model.`,
  ].join('\n');
}
