import type { StudyComparison } from '../execute/study/compare-studies.ts';
import { metricOf } from '../execute/study/metric-name.ts';
import type { Estimate, HeadLine, ResultLine } from '../execute/study/study-journal.ts';
import type { Paint } from '../util/paint.ts';
import { alignColumns } from './align-columns.ts';

/** A finished study as a table for a terminal. */
export function resultText(head: HeadLine, result: ResultLine, paint: Paint): string {
  const { header, rows } = tableOf(result);
  const [title, ...lines] = alignColumns(header, rows);
  const marked = lines.map((line, at) => (rows[at]?.[0] === result.best ? paint.green(line) : line));
  const failed = result.failed.map(({ label, message }) => `${paint.red('✘')} ${label}: ${message}`);
  return `${[paint.bold(title), ...marked, ...failed, '', bestLine(head, result), paint.dim(result.note)].join('\n')}\n`;
}

/** The same as Markdown, to be kept beside the study. */
export function resultMarkdown(head: HeadLine, result: ResultLine): string {
  const { header, rows } = tableOf(result);
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const set = head.set.map((text) => ` \`-S ${text}\``).join('');
  return `${[
    `# ${head.title}`,
    '',
    `Written by \`sluice exp run ${head.name} --save\` with \`-c ${head.config}\`${set}.`,
    '',
    line(header),
    line(header.map(() => '---')),
    ...rows.map(line),
    ...(result.failed.length === 0 ? [] : ['', ...result.failed.map(({ label, message }) => `- ${label} failed: ${message}`)]),
    '',
    bestLine(head, result),
    '',
    result.note,
  ].join('\n')}\n`;
}

function bestLine({ target }: HeadLine, { best, rows }: ResultLine): string {
  if (best === null) return 'No point finished.';
  const chosen =
    rows.length > 1 ? ` of ${rows.length}. Chosen as the best of several, its value flatters it: judge it on the holdout.` : '';
  return `Best by ${target.metric} (${target.direction}): ${best}${chosen}`;
}

function tableOf({ rows }: ResultLine): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const [first] = rows;
  const names = Object.keys(first?.metrics ?? {});
  const compared = Object.keys(rows.find(({ against }) => against !== null)?.against ?? {});
  return {
    header: ['point', ...names, ...compared.map((name) => `${name} − ${first?.label ?? ''}`)],
    rows: rows.map(({ label, metrics, against }) => [
      label,
      ...names.map((name) => estimateText(metrics[name])),
      ...compared.map((name) => (against === null ? '' : estimateText(against[name]))),
    ]),
  };
}

/** `0.7312 (0.7201 to 0.7423)`. */
function estimateText(estimate: Estimate | undefined): string {
  if (estimate === undefined || !Number.isFinite(estimate.value)) return '–';
  const { value, lo, hi } = estimate;
  return lo === null || hi === null ? numberText(value) : `${numberText(value)} (${numberText(lo)} to ${numberText(hi)})`;
}

function numberText(value: number): string {
  return Math.abs(value) >= 1000 || Number.isInteger(value) ? String(Math.round(value * 100) / 100) : value.toFixed(4);
}

/** Two studies side by side. */
export function comparisonText({ a, b, sameTarget, points }: StudyComparison, paint: Paint): string {
  const title = (side: StudyComparison['a']): string => `${side.name}@${side.variant}`;
  const facts = (side: StudyComparison['a']): string =>
    `${title(side)}  ${[side.config, ...side.set.map((text) => `-S ${text}`)].join(' ')}  best by ${side.target.metric}: ${side.best ?? 'none'}`;
  const metric = metricOf(a.target.metric);
  const rows = points.map((point) => [
    point.label,
    estimateText(point.a ?? undefined),
    estimateText(point.b ?? undefined),
    point.difference === null ? '–' : `${point.difference >= 0 ? '+' : '−'}${numberText(Math.abs(point.difference))}`,
  ]);
  const header = ['point', `${metric}, ${title(a)}`, `${metricOf(b.target.metric)}, ${title(b)}`, 'difference'];
  const [top, ...lines] = alignColumns(header, rows);
  const warning = sameTarget ? [] : [paint.yellow('! judged by different metrics: no differences')];
  return `${[facts(a), facts(b), '', paint.bold(top), ...lines, ...warning].join('\n')}\n`;
}
