import type { RunDiff, RunMark } from '../../explain/diff/run-diff.ts';
import type { Paint } from '../../util/paint.ts';
import { alignColumns } from '../align-columns.ts';
import { diffSections } from './diff-sections.ts';

/** The comparison for a terminal, in columns. */
export function diffText(diff: RunDiff, paint: Paint): string {
  const lines = [`${paint.dim('A')} ${markText(diff.a)}`, `${paint.dim('B')} ${markText(diff.b)}`];
  const sections = diffSections(diff);
  for (const { title, header, rows, note } of sections) {
    const [top, ...cells] = alignColumns(header, rows);
    lines.push('', paint.bold(title));
    if (rows.length > 0) lines.push(paint.dim(`  ${top}`), ...cells.map((line) => `  ${line}`));
    if (note !== null) lines.push(paint.dim(`  ${note}`));
  }
  if (sections.every(({ rows }) => rows.length === 0)) lines.push('', 'Nothing differs.');
  return `${lines.join('\n')}\n`;
}

function markText({ id, startedAt, exitCode, commit, dirty }: RunMark): string {
  const state = exitCode === null ? 'did not finish' : exitCode === 0 ? 'done' : `exit ${exitCode}`;
  return `${id}  ${startedAt.slice(0, 19).replace('T', ' ')}  ${state}${commit === null ? '' : `  ${commit.slice(0, 12)}${dirty ? '+' : ''}`}`;
}
