import { showValue } from '../../explain/change-sentences.ts';
import type { DataDiff, DataVersion, MetricDiff, RunDiff, Sides } from '../../explain/diff/run-diff.ts';
import { formatCount } from '../../util/format.ts';
import { fileText } from '../why-text.ts';

/** One table of a comparison, in words: what both the terminal and Markdown show. */
export interface DiffSection {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said under the table. */
  readonly note: string | null;
}

const NOTHING = '—';

/** The tables of a comparison; those without a row are left out. */
export function diffSections(diff: RunDiff): readonly DiffSection[] {
  const lonely = new Set([...diff.onlyIn.a, ...diff.onlyIn.b]);
  const metrics = diff.metrics.filter(({ stage }) => !lonely.has(stage));
  const changed = metrics.filter(({ a, b }) => a !== b);
  const same = metrics.length - changed.length;
  const sections: readonly DiffSection[] = [
    {
      title: 'Verdicts',
      header: ['gate', 'A', 'B'],
      rows: diff.gates.map(({ stage, a, b }) => [stage, a ?? NOTHING, b ?? NOTHING]),
      note: null,
    },
    {
      title: 'Metrics',
      header: ['metric', 'A', 'B', 'difference'],
      rows: changed.map(metricRow),
      note: same === 0 ? null : `${formatCount(same)} more ${same === 1 ? 'is' : 'are'} the same`,
    },
    {
      title: 'Params',
      header: ['key', 'A', 'B', 'read by'],
      rows: diff.params.map(({ key, a, b, readBy }) => [key, shown(a), shown(b), readBy.join(', ') || 'nobody']),
      note: null,
    },
    { title: 'Data', header: ['data', 'A', 'B', 'what differs'], rows: diff.data.map(dataRow), note: null },
    {
      title: 'Code',
      header: ['file', 'stages'],
      rows: diff.code.map((file) => [`${fileText(file)}${file.symbols?.length === 0 ? ' (cosmetic)' : ''}`, listed(file.stages)]),
      note: null,
    },
    {
      title: 'Packages',
      header: ['package', 'A', 'B'],
      rows: diff.packages.map(({ place, before, after }) => [place.replace(/^node_modules\//, ''), before ?? NOTHING, after ?? NOTHING]),
      note: null,
    },
    {
      title: 'Machine',
      header: ['what', 'A', 'B'],
      rows: diff.machine.map(({ what, a, b }) => [what, a ?? NOTHING, b ?? NOTHING]),
      note: null,
    },
    {
      title: 'Stages',
      header: ['stage', 'A', 'B'],
      rows: [...diff.onlyIn.a.map((stage) => [stage, 'finished', NOTHING]), ...diff.onlyIn.b.map((stage) => [stage, NOTHING, 'finished'])],
      note: null,
    },
  ];
  return sections.filter(({ rows, note }) => rows.length > 0 || note !== null);
}

function metricRow({ stage, name, a, b, difference, steps }: MetricDiff): readonly string[] {
  return [
    `${stage}.${name}${stepText(steps)}`,
    numberText(a),
    numberText(b),
    difference === null ? NOTHING : `${difference > 0 ? '+' : ''}${numberText(difference)}`,
  ];
}

/** ` (last steps 112 and 140)`. */
function stepText({ a, b }: Sides<number>): string {
  if ((a ?? 0) === 0 && (b ?? 0) === 0) return '';
  return a === b || a === null || b === null ? ` (step ${b ?? a ?? 0})` : ` (steps ${a} and ${b})`;
}

/** Six significant digits: more is noise, fewer hides a change of AUC. */
function numberText(value: number | null): string {
  return value === null ? NOTHING : String(Number(value.toPrecision(6)));
}

function dataRow({ name, a, b, columnsAdded, columnsRemoved, files }: DataDiff): readonly string[] {
  const differs = [
    columnsAdded.length === 0 ? '' : `columns added: ${listed(columnsAdded)}`,
    columnsRemoved.length === 0 ? '' : `columns gone: ${listed(columnsRemoved)}`,
    files.length === 0 ? '' : listed(files.map(({ file, change }) => `${file} ${change}`)),
  ].filter((text) => text !== '');
  return [name, versionText(a), versionText(b), differs.join('; ') || 'content'];
}

function versionText(version: DataVersion | null): string {
  if (version === null) return NOTHING;
  const { rows, columns, digest } = version;
  const size = rows === null || columns === null ? '' : `${formatCount(rows)} × ${formatCount(columns)} `;
  return `${size}${digest.slice(0, 8)}`;
}

function listed(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

function shown(value: unknown): string {
  return value === null ? NOTHING : showValue(value);
}
