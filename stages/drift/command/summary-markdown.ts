import { whole } from '../../pages/format.ts';
import type { DriftResult } from '../drift-schema.ts';
import { nextStep, statusWord } from './verdict-text.ts';

/** The verdict for the page of a job or a pull request. */
export function summaryMarkdown({ verdict, decision, reference, current, evidently, score }: DriftResult): string {
  const failed = (decision?.findings ?? []).filter(({ level }) => level !== 'ok');
  const rows = failed.map(
    ({ rule, level, waiver, text }) => `| ${cell(rule)} | ${waiver?.state === 'in force' ? `waived (${level})` : level} | ${cell(text)} |`,
  );
  const psi = score === null || score.psi === null ? '' : ` Score PSI ${score.psi.toFixed(3)}.`;
  return `## Drift: ${statusWord(verdict.status).toLowerCase()}

${cell(current.name)} (${whole(current.rows)} rows) against ${cell(reference.name)} (${whole(reference.rows)} rows). ${evidently.numberOfDriftedColumns} of ${evidently.numberOfColumns} columns drifted.${psi}

**${nextStep(verdict.status)}**

${verdict.reasons.map((reason) => `- ${cell(reason)}`).join('\n')}
${rows.length === 0 ? '' : `\n| rule | level | what was found |\n|---|---|---|\n${rows.slice(0, 40).join('\n')}\n`}
`;
}

/** Names of columns and levels are data: nothing in them is Markdown or HTML. */
function cell(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]<>|#~]/g, (mark) => `\\${mark}`);
}
