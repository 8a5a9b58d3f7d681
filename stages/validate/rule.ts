import type { z } from 'zod';
import type { Severity } from './contract/contract-schema.ts';
import type { contractResult } from './stage.ts';

/** One line of the contract's verdict; `value` is compared with `limit`, both in the unit that `reason` names. */
export type Rule = z.output<typeof contractResult>['rules'][number];

interface Subject extends Pick<Rule, 'rule' | 'table'> {
  readonly column?: string | null;
  readonly severity: Severity;
}

interface Found {
  readonly value: number;
  readonly limit: number;
  readonly reason: string;
}

/** A rule that holds for counts or shares up to a limit; none where it is off. */
export function atMost({ rule, table, column = null, severity }: Subject, found: Found): readonly Rule[] {
  return severity === 'off' ? [] : [{ rule, table, column, severity, passed: found.value <= found.limit, ...found }];
}

/** A rule that holds from a limit on; none where it is off. */
export function atLeast(subject: Subject, found: Found): readonly Rule[] {
  return atMost(subject, found).map((rule) => ({ ...rule, passed: found.value >= found.limit }));
}

/** A share for people: three digits, in percent. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}
