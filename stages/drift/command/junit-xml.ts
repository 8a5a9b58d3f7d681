import { escapeHtml } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { JudgedFinding } from '../judge/decide.ts';

/** One test case a rule. act is a failure, a broken contract an error, too few rows and what is waived are skipped; watching is a passed case that says so, and a failure where it decides on the exit code. */
export function junitXml({ decision, current }: DriftResult): string {
  const findings = decision?.findings ?? [];
  const verdict = { held: decision?.held ?? null, watchFails: decision?.status === 'watch' && decision.exit !== 0 };
  const cases = findings.map((finding) => testCase(finding, verdict));
  const count = (kind: string): number => cases.filter(({ outcome }) => outcome === kind).length;
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sluice drift" ${totals}>
  <testsuite name="${xml(current.name)}" ${totals}>
${cases.map(({ text }) => text).join('\n')}
  </testsuite>
</testsuites>
`;
}

interface TestCase {
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly text: string;
}

interface Verdict {
  /** Why an act was not acted upon. */
  readonly held: string | null;
  /** Under --fail-on watch. */
  readonly watchFails: boolean;
}

function testCase(finding: JudgedFinding, verdict: Verdict): TestCase {
  const { outcome, message } = outcomeOf(finding, verdict);
  const open = `    <testcase classname="drift" name="${xml(finding.rule)}">`;
  if (outcome === 'passed') return { outcome, text: `${open}<system-out>${xml(message)}</system-out></testcase>` };
  return { outcome, text: `${open}<${outcome} message="${xml(message)}"/></testcase>` };
}

function outcomeOf(
  { level, text, waiver }: JudgedFinding,
  { held, watchFails }: Verdict,
): { readonly outcome: TestCase['outcome']; readonly message: string } {
  if (waiver?.state === 'in force' && level !== 'ok')
    return { outcome: 'skipped', message: `${text} Waived until ${waiver.expires} by ${waiver.author}: ${waiver.reason}` };
  if (level === 'act')
    return held === null ? { outcome: 'failure', message: text } : { outcome: 'skipped', message: `${text} Not acted upon: ${held}.` };
  if (level === 'watch' && watchFails) return { outcome: 'failure', message: text };
  if (level === 'broken') return { outcome: 'error', message: text };
  if (level === 'insufficient') return { outcome: 'skipped', message: text };
  return { outcome: 'passed', message: level === 'watch' ? `watch: ${text}` : text };
}

/** Line breaks in an attribute would be read back as spaces. */
function xml(text: string): string {
  return escapeHtml(text).replaceAll(/[\r\n\t]+/g, ' ');
}
