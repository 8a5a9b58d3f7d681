import type { Change, FileChange } from '../explain/change.ts';
import { showValue } from '../explain/change-sentences.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { TableChange } from '../explain/table-changes.ts';
import type { WhyAnswer } from '../execute/answers/why-stage.ts';
import { assertNever } from '../util/assert-never.ts';
import { formatCount } from '../util/format.ts';
import type { Paint } from '../util/paint.ts';

/** How many names a line lists. */
const LISTED = 8;

/** The answer as a small tree: what would happen, each change with its place, and what lies behind it. */
export function whyText(answer: WhyAnswer, paint: Paint): string {
  return `${answerLines(answer, paint).join('\n')}\n`;
}

function answerLines(answer: WhyAnswer, paint: Paint): string[] {
  const { explanation, cosmetic, pending, since } = answer;
  const lines = [headline(answer, paint), ...explanationLines(explanation, paint)];
  if (cosmetic.length > 0)
    lines.push(`  ${paint.dim('cosmetic')}  ${cosmetic.map(fileText).join(', ')}: edited, the code that runs is the same`);
  for (const above of pending) lines.push(...answerLines(above, paint).map((line) => `  ${line}`));
  const isQuiet = answer.action === 'run' && explanation.changes.length === 0;
  if (since !== null && !isQuiet)
    lines.push(`  ${paint.dim(`compared with run ${since.run} of ${since.finishedAt.slice(0, 19).replace('T', ' ')}`)}`);
  return lines;
}

function headline({ stage, action, certain, outcome, reason, explanation, pending }: WhyAnswer, paint: Paint): string {
  const name = paint.bold(stage);
  if (outcome !== null) return `${name} was ${outcome}${reason === '' ? '' : `: ${reason}`}`;
  switch (action) {
    case 'run':
      if (!certain) return `${paint.yellow('▸')} ${name} runs ${reason}${pending.length === 0 ? ' (see there)' : ':'}`;
      return `${paint.yellow('▸')} ${name} would run${explanation.changes.length > 0 ? ':' : `: ${reason}`}`;
    case 'reuse':
    case 'confirm':
      return `${paint.green('=')} ${name} would ${action === 'reuse' ? 'be reused' : 'confirm its work'}${explanation.changes.length > 0 ? '; since then:' : `: ${reason}`}`;
    case 'blocked':
      return `${paint.red('⊘')} ${name} is blocked: ${reason}`;
    case null:
      return name;
    default:
      return assertNever(action);
  }
}

function explanationLines({ changes, causes }: Explanation, paint: Paint): string[] {
  return [
    ...changes.flatMap((change) => changeLines(change, paint)),
    ...causes.flatMap((cause) => [
      `  ${paint.dim('because')} ${paint.bold(cause.stage)} ran anew:`,
      ...explanationLines(cause, paint).map((line) => `  ${line}`),
    ]),
  ];
}

function changeLines(change: Change, paint: Paint): string[] {
  const line = (what: string, text: string, place = ''): string =>
    `  ${paint.cyan(what.padEnd(8))}  ${text}${place === '' ? '' : `  ${paint.dim(place)}`}`;
  switch (change.kind) {
    case 'param':
      return [line('config', `${change.key}: ${showValue(change.before)} → ${showValue(change.after)}`, change.place ?? '')];
    case 'code':
      return change.files.length === 0
        ? [line('code', 'the same sources, bundled otherwise: package.json, tsconfig.json or the bundler changed')]
        : change.files.map((file) => line('code', fileText(file)));
    case 'outputs':
      return [line('outputs', 'what it declares to write')];
    case 'input':
      return [
        line('input', `${change.input}${change.from === null ? '' : ` (${change.from})`}${inputText(change)}`),
        ...tableLines(change.table),
      ];
    case 'package':
      return [
        line(
          'package',
          [
            change.name,
            ...change.packages.map(
              ({ place, before, after }) =>
                `${place.split('node_modules/').at(-1) === change.name ? '' : `${place.split('node_modules/').at(-1) ?? place} `}${before ?? 'not there'} → ${after ?? 'gone'}`,
            ),
          ].join(change.packages.length === 1 ? ' ' : ', '),
        ),
      ];
    case 'native':
      return [line('native', `${change.library}: ${change.before ?? 'not declared'} → ${change.after ?? 'no longer declared'}`)];
    case 'env':
      return [line('env', `${change.name} ${change.change}`)];
    case 'runtime':
      return [line('runtime', `${change.before} → ${change.after}`)];
    default:
      return assertNever(change);
  }
}

/** `stages/lib/range.ts:3  range, step (added)`. */
export function fileText({ file, change, line, symbols }: FileChange): string {
  if (change !== 'edited') return `${file} (${change})`;
  const names = (symbols ?? []).map((symbol) => `${symbol.name}${symbol.change === 'edited' ? '' : ` (${symbol.change})`}`);
  return `${file}${line === null ? '' : `:${line}`}${names.length === 0 ? '' : `  ${listed(names)}`}`;
}

function inputText({ before, after, files }: Extract<Change, { kind: 'input' }>): string {
  if (files.length > 0) return `: ${listed(files.map(({ file, change }) => `${file} ${change}`))}`;
  if (before === null) return ' is there now';
  return after === null ? ' is no longer there' : `: sha256 ${before.slice(0, 12)}… → ${after.slice(0, 12)}…`;
}

function tableLines(table: TableChange | null): string[] {
  if (table === null) return [];
  const { rows, added, removed, retyped, changed, reordered } = table;
  const lines = [
    rows[0] === rows[1] ? '' : `rows ${rows.map((count) => (count === null ? '?' : formatCount(count))).join(' → ')}`,
    added.length === 0 ? '' : `columns added: ${listed(added)}`,
    removed.length === 0 ? '' : `columns gone: ${listed(removed)}`,
    retyped.length === 0
      ? ''
      : `columns of another type: ${listed(retyped.map(({ column, before, after }) => `${column} ${before} → ${after}`))}`,
    changed === null
      ? 'an earlier version is no longer in the store: which columns changed cannot be told'
      : changed.length === 0
        ? ''
        : `columns changed: ${listed(changed)}`,
    reordered ? 'the same rows in another order' : '',
  ].filter((text) => text !== '');
  return (lines.length === 0 ? ['the same table in other bytes'] : lines).map((text) => `            ${text}`);
}

function listed(names: readonly string[]): string {
  return names.length <= LISTED ? names.join(', ') : `${names.slice(0, LISTED).join(', ')} and ${names.length - LISTED} more`;
}
