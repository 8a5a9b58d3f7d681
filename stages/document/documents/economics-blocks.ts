import { type Block, text } from '../blocks/block.ts';
import { derive, quoteFrom } from '../blocks/cite.ts';
import { fixed, share, whole } from '../blocks/formats.ts';
import type { Evidence } from '../evidence.ts';

/** The threshold and what it costs, in words. */
export function economicsBlocks({ evaluation, decision }: Evidence): readonly Block[] {
  const [quote, of] = [quoteFrom('evaluation', evaluation), quoteFrom('decision', decision)];
  const { acceptAll, refuseAll } = evaluation.baselines;
  const better = quote(({ baselines }) => (acceptAll <= refuseAll ? baselines.acceptAll : baselines.refuseAll), fixed(4));
  const cost = quote(({ headline }) => headline.costPerApplicant.value, fixed(4));
  return [
    text`A granted loan that defaults costs ${of(({ costFalseNegative }) => costFalseNegative)}, a refused loan that would have been repaid costs ${of(({ costFalsePositive }) => costFalsePositive)}. Refused is from a calibrated probability of ${of(({ threshold }) => threshold, fixed(6))}.`,
    text`On out-of-fold rows the cheapest threshold was ${of(({ thresholdFromData }) => thresholdFromData.value, fixed(4))} (interval ${of(({ thresholdFromData }) => thresholdFromData.lo, fixed(4))} to ${of(({ thresholdFromData }) => thresholdFromData.hi, fixed(4))}); the one in use gave up ${of(({ thresholdFromData }) => thresholdFromData.regretOfCostThreshold, fixed(4))} an applicant there.`,
    text`On the holdout ${quote(({ approvalRate }) => approvalRate, share)} of applicants are approved, of whom ${quote(({ badRateAmongApproved }) => badRateAmongApproved, share)} default. Refused are ${quote(({ confusion }) => confusion.tp, whole)} defaulters and ${quote(({ confusion }) => confusion.fp, whole)} payers; ${quote(({ confusion }) => confusion.fn, whole)} granted loans default.`,
    text`That costs ${cost} an applicant, ${derive(evaluation.headline.costPerApplicant.value / Math.min(acceptAll, refuseAll), share, [cost, better])} of the ${better} that ${acceptAll <= refuseAll ? 'granting every loan' : 'refusing every loan'} would cost, the better of the two rules that need no model.`,
  ];
}
