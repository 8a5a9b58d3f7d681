import { assertNever } from '../../pipeline/index.ts';
import type { Decision } from './stage.ts';

/** Why the threshold stands where it does, as a phrase that follows "refused from … on:". */
export function thresholdReason({ basis, costFalseNegative, costFalsePositive }: Decision): string {
  if (basis === undefined) return `${costFalsePositive} ÷ (${costFalsePositive} + ${costFalseNegative}), from the costs alone`;
  const moved =
    basis.deploymentRate === null ? '' : `, moved for a share of defaults of ${basis.deploymentRate} where the model will decide`;
  const rule = `${ruleWords(basis.rule)} would refuse from ${basis.ruleThreshold.toFixed(4)}${moved}`;
  if (basis.maxApprovalShare === null) return rule;
  const limit = `a limit of ${basis.maxApprovalShare * 100}% on approvals`;
  return basis.capacityBinds ? `${limit} decides; ${rule}` : `${rule}; ${limit} does not bind`;
}

function ruleWords(rule: NonNullable<Decision['basis']>['rule']): string {
  switch (rule) {
    case 'costs':
      return 'the costs';
    case 'profit':
      return 'the profit matrix';
    case 'data':
      return 'the least cost on out-of-fold rows';
    default:
      return assertNever(rule);
  }
}
