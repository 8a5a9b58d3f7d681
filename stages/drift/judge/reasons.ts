import type { Decision, JudgedFinding } from './decide.ts';

/** How many columns of one rule are named before the rest are counted. */
const NAMED = 5;

/** The findings as sentences, the gravest first, those of one rule over columns together. */
export function reasonsOf({ findings, held, status }: Decision): string[] {
  const failed = findings.filter(({ level }) => level !== 'ok');
  const order = ['broken', 'insufficient', 'act', 'watch'];
  const counted = failed
    .filter(({ waiver }) => waiver?.state !== 'in force')
    .toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const reasons = held === null ? [] : [`Not acted upon yet: ${held}.`];
  reasons.push(...inGroups(counted));
  for (const { rule, waiver } of failed) {
    if (waiver === null) continue;
    const { author, reason, expires, state } = waiver;
    reasons.push(
      state === 'in force'
        ? `${rule} is waived until ${expires} by ${author}: ${reason}`
        : `The waiver of ${rule} by ${author} ${state === 'expired' ? `expired on ${expires}` : 'is for another model'} and does not count.`,
    );
  }
  if (reasons.length === 0 && status === 'ok')
    reasons.push('No rule is broken: the data keep their contract, and nothing moved beyond its limit.');
  return reasons;
}

function inGroups(findings: readonly JudgedFinding[]): string[] {
  const names = [...new Set(findings.map(({ rule }) => ruleName(rule)))];
  return names.flatMap((name) => {
    const group = findings.filter(({ rule }) => ruleName(rule) === name);
    const shown = group.slice(0, NAMED).map(({ text }) => text);
    return group.length > NAMED ? [...shown, `… and ${group.length - NAMED} more columns of rule ${name}.`] : shown;
  });
}

function ruleName(rule: string): string {
  return rule.split('[')[0] ?? rule;
}
