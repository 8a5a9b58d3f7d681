import type { RuleResult } from './stage.ts';
import type { JudgedWaiver } from './waivers.ts';

/** Puts each failed rule's waiver beside it, in force or not: a refusal to waive is on record as well. A slice's rule is waived by the rule's name. */
export function applyWaivers(results: readonly RuleResult[], waivers: readonly JudgedWaiver[]): RuleResult[] {
  return results.map((result) => {
    if (result.passed) return result;
    const [name] = result.rule.split('[');
    const own = waivers.filter(({ rule }) => rule === name || rule === result.rule);
    const waiver = own.find(({ state }) => state === 'in force') ?? own[0];
    return waiver === undefined ? result : { ...result, waiver, reason: `${result.reason}; ${sentence(waiver)}` };
  });
}

/** Whether a result holds the model back. */
export function rejects({ passed, severity, waiver }: RuleResult): boolean {
  return !passed && severity !== 'warning' && waiver?.state !== 'in force';
}

function sentence({ author, reason, expires, state, model }: JudgedWaiver): string {
  if (state === 'in force') return `waived until ${expires} by ${author}: ${reason}`;
  const why = state === 'expired' ? `expired on ${expires}` : `is for model ${model ?? ''}`;
  return `the waiver by ${author} ${why} and does not count`;
}
