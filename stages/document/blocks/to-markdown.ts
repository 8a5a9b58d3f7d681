import { assertNever } from '../../../pipeline/index.ts';
import type { Block, Document, Inline, Text } from './block.ts';
import { Cited } from './cite.ts';

/** The document as Markdown (GitHub's tables). */
export function toMarkdown({ title, heading, lead, sections }: Document): string {
  const parts = sections.map(({ title: name, blocks }) => `## ${name}\n\n${blocks.map(block).join('\n\n')}`);
  return `# ${title}\n\n${[`**${line(heading)}**`, ...lead.map(block), ...parts].join('\n\n')}\n`;
}

function block(given: Block): string {
  switch (given.kind) {
    case 'text':
      return line(given.text);
    case 'heading':
      return `### ${given.text}`;
    case 'list':
      return given.items.map((item) => `- ${line(item)}`).join('\n');
    case 'code':
      return `\`\`\`${given.language}\n${given.lines.join('\n')}\n\`\`\``;
    case 'table':
      return table(given);
    default:
      return assertNever(given);
  }
}

function table({ caption, head, rows }: Extract<Block, { kind: 'table' }>): string {
  const cells = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  const lines = [cells(head), cells(head.map(() => '---')), ...rows.map((row) => cells(row.map(line)))];
  return `${caption}:\n\n${lines.join('\n')}`;
}

const line = (text: Text): string => text.map(inline).join('');

function inline(given: Inline): string {
  if (typeof given === 'string') return given;
  if (given instanceof Cited) return given.text;
  return `\`${inline(given.code)}\``;
}
