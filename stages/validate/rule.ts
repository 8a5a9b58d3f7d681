import type { z } from 'zod';
import type { contractResult } from './stage.ts';

/** One line of the contract's verdict; `value` is compared with `limit`, both in the unit that `reason` names. */
export type Rule = z.output<typeof contractResult>['rules'][number];

type Subject = Pick<Rule, 'rule' | 'table' | 'severity'> & { readonly column?: string | null };

/** A rule that holds for counts or shares up to a limit. */
export function atMost(subject: Subject, found: { readonly value: number; readonly limit: number; readonly reason: string }): Rule {
  return {
    rule: subject.rule,
    table: subject.table,
    column: subject.column ?? null,
    severity: subject.severity,
    passed: found.value <= found.limit,
    ...found,
  };
}

/** A share for people: three digits, in percent. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
