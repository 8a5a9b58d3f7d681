import type { RunDiff, RunMark } from '../../explain/diff/run-diff.ts';
import { type DiffSection, diffSections } from './diff-sections.ts';

/** A table longer than this is folded away. */
const FOLD_ROWS = 15;

/** The comparison as a comment on a pull request. */
export function diffMarkdown(diff: RunDiff): string {
  const sections = diffSections(diff);
  const nothing = sections.every(({ rows }) => rows.length === 0);
  const blocks = [
    `### Run ${markText(diff.b)} against ${markText(diff.a)}`,
    ...(nothing ? ['Nothing differs.'] : sections.map(sectionBlock)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function markText({ id, commit, dirty, exitCode }: RunMark): string {
  const at = commit === null ? '' : ` at ${commit.slice(0, 8)}${dirty ? ' with changes' : ''}`;
  return `\`${id.slice(0, 12)}\`${at}${exitCode === 0 ? '' : exitCode === null ? ' (did not finish)' : ` (exit ${exitCode})`}`;
}

function sectionBlock({ title, header, rows, note }: DiffSection): string {
  const table =
    rows.length === 0
      ? []
      : [row(header), row(header.map((_, column) => alignment(rows, column))), ...rows.map((cells) => row(cells.map(escapeCell)))];
  const body = [table.join('\n'), note ?? ''].filter((text) => text !== '').join('\n\n');
  if (rows.length <= FOLD_ROWS) return `**${title}**\n\n${body}`;
  return `<details><summary><b>${title}</b> (${rows.length})</summary>\n\n${body}\n\n</details>`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Numbers stand to the right. */
function alignment(rows: readonly (readonly string[])[], column: number): string {
  return rows.every((cells) => /^(?:[+-]?[\d.e+-]+|—)$/.test(cells[column] ?? '')) ? '--:' : '---';
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('_', '\\_').replaceAll('*', '\\*').replaceAll('\n', ' ');
}
