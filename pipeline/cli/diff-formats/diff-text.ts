import type { RunDiff, RunMark } from '../../explain/diff/run-diff.ts';
import type { Paint } from '../../util/paint.ts';
import { diffSections } from './diff-sections.ts';

/** The comparison for a terminal, in columns. */
export function diffText(diff: RunDiff, paint: Paint): string {
  const lines = [`${paint.dim('A')} ${markText(diff.a)}`, `${paint.dim('B')} ${markText(diff.b)}`];
  const sections = diffSections(diff);
  for (const { title, header, rows, note } of sections) {
    const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
    const format = (row: readonly string[]): string =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
    lines.push('', paint.bold(title));
    if (rows.length > 0) lines.push(paint.dim(`  ${format(header)}`), ...rows.map((row) => `  ${format(row)}`));
    if (note !== null) lines.push(paint.dim(`  ${note}`));
  }
  if (sections.every(({ rows }) => rows.length === 0)) lines.push('', 'Nothing differs.');
  return `${lines.join('\n')}\n`;
}

function markText({ id, startedAt, exitCode, commit, dirty }: RunMark): string {
  const state = exitCode === null ? 'did not finish' : exitCode === 0 ? 'done' : `exit ${exitCode}`;
  return `${id}  ${startedAt.slice(0, 19).replace('T', ' ')}  ${state}${commit === null ? '' : `  ${commit.slice(0, 12)}${dirty ? '+' : ''}`}`;
}
