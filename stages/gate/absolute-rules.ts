import type { GateRuleResult } from '../../pipeline/index.ts';
import type { Evaluation } from '../evaluate/evaluation-schema.ts';

/** Does the model rank well enough, even at the unlucky end of the interval? */
export function aucRule({ headline: { auc } }: Evaluation, minAuc: number): GateRuleResult {
  const passed = auc.lo >= minAuc;
  const reason = `AUC ${auc.value.toFixed(4)} (95 % ${auc.lo.toFixed(4)} to ${auc.hi.toFixed(4)}): its lower end is ${passed ? 'at or above' : 'below'} ${minAuc}`;
  return { rule: 'auc', passed, value: auc.lo, limit: minAuc, reason };
}

/** @param noise the ECE that perfect calibration stays below on this holdout; see calibrationNoise */
export function calibrationRule({ headline: { ece }, rows }: Evaluation, maxEce: number, noise: number): GateRuleResult {
  const limit = Math.max(maxEce, noise);
  const passed = ece.value <= limit;
  const why =
    noise > maxEce
      ? `${noise.toFixed(4)}, what a perfectly calibrated model may show on ${rows} rows (${maxEce} cannot be told from it)`
      : `${maxEce}`;
  return {
    rule: 'calibration',
    passed,
    value: ece.value,
    limit,
    reason: `expected calibration error ${ece.value.toFixed(4)} is ${passed ? 'within' : 'above'} ${why}`,
  };
}

/** Is it cheaper than no model at all, even at the unlucky end of the interval? */
export function costRule({ headline: { costPerApplicant: cost }, baselines }: Evaluation, maxCostShare: number): GateRuleResult {
  const [trivial, name] =
    baselines.acceptAll <= baselines.refuseAll
      ? [baselines.acceptAll, 'granting every loan']
      : [baselines.refuseAll, 'refusing every loan'];
  const value = cost.hi / trivial;
  const passed = value <= maxCostShare;
  const reason = `cost per applicant ${cost.value.toFixed(4)} (95 % ${cost.lo.toFixed(4)} to ${cost.hi.toFixed(4)}); its upper end is ${value.toFixed(3)} of what ${name} costs (${trivial.toFixed(4)}), ${passed ? 'within' : 'above'} ${maxCostShare}`;
  return { rule: 'cost', passed, value, limit: maxCostShare, reason };
}
