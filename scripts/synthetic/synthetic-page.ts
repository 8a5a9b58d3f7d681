import type { ComparedColumn, ComparedTable } from './measure-table.ts';

export interface Comparison {
  readonly scale: number;
  readonly seed: number;
  readonly tables: readonly ComparedTable[];
}

/** The page, Markdown. */
export function syntheticPage({ scale, seed, tables }: Comparison): string {
  const columns = tables.flatMap((table) => table.columns);
  return [
    '# Synthetic data and the original',
    '',
    `<!-- Written by scripts/synthetic-page.ts: node scripts/run-ts.mjs scripts/synthetic-page.ts --scale ${scale} -->`,
    '',
    `The generator of \`stages/ingest/synthetic\` at scale ${scale}, seed ${seed}, beside figures that were published of Kaggle’s tables. What is calibrated`,
    'and what is invented stands in [its README](../../stages/ingest/synthetic/README.md). Nobody in these tables exists: they show that the',
    'pipeline works, not how good a model would be.',
    '',
    '## In short',
    '',
    ...summaryLines(columns),
    '',
    '## Sizes',
    '',
    ...markdown(
      ['Table', 'Rows, original', 'Rows here', 'Ratio', 'Rows a client, original', 'here'],
      tables.map(({ name, rows, published, rowsPerClient }) => [
        `\`${name}\``,
        orDash(published?.rows, whole),
        whole(rows),
        orDash(published === null ? null : rows / published.rows, (value) => value.toFixed(3)),
        orDash(published?.rowsPerClient, (value) => value.toFixed(1)),
        orDash(published?.rowsPerClient === null ? null : rowsPerClient, (value) => value.toFixed(1)),
      ]),
    ),
    '',
    ...tables.filter((table) => table.columns.length > 0).flatMap(tableSection),
  ].join('\n');
}

function summaryLines(columns: readonly ComparedColumn[]): readonly string[] {
  const missing = columns.flatMap(({ missing: here, published }) =>
    published.missing === null ? [] : [Math.abs(here - published.missing)],
  );
  const distances = columns.flatMap(({ distance }) => (distance === null ? [] : [distance]));
  const aucs = columns.flatMap(({ auc, published }) => (auc === null || published.auc === null ? [] : [Math.abs(auc - published.auc)]));
  const medians = columns.flatMap(medianShift);
  const line = (what: string, values: readonly number[]): string =>
    `- ${what}: median ${quantile(values, 0.5)}, nine in ten under ${quantile(values, 0.9)}, largest ${quantile(values, 1)} (${values.length} columns)`;
  return [
    line('Missing share, absolute difference', missing),
    line('Categories, total variation distance of their shares', distances),
    line('Median, absolute difference in units of the original’s interquartile range', medians),
    line('AUC of a single application column for TARGET, absolute difference', aucs),
  ];
}

function medianShift({ numbers, published }: ComparedColumn): readonly number[] {
  const { p25, p50, p75 } = published.numbers;
  const here = numbers['p50'];
  if (p25 === undefined || p50 === undefined || p75 === undefined || here === undefined || here === null || p75 <= p25) return [];
  return [Math.abs(here - p50) / (p75 - p25)];
}

function quantile(values: readonly number[], level: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return orDash(sorted[Math.ceil(level * sorted.length) - 1], (value) => value.toFixed(3));
}

function tableSection({ name, columns }: ComparedTable): readonly string[] {
  const pair = (original: number | null | undefined, here: number | null | undefined, format: (value: number) => string): string =>
    original === undefined || original === null || here === undefined || here === null ? '–' : `${format(original)} · ${format(here)}`;
  const quantiles = ['p5', 'p50', 'p95'] as const;
  return [
    `## ${name}`,
    '',
    'Original · here.',
    '',
    ...markdown(
      ['Column', 'Missing', ...quantiles, 'Categories’ distance', 'AUC'],
      columns.map(({ name: column, missing, numbers, distance, auc, published }) => [
        `\`${column}\``,
        pair(published.missing, missing, percent),
        ...quantiles.map((level) => pair(published.numbers[level], numbers[level], short)),
        orDash(distance, (value) => value.toFixed(3)),
        pair(published.auc, auc, (value) => value.toFixed(3)),
      ]),
    ),
    '',
  ];
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

const orDash = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? '–' : format(value);
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const short = (value: number): string => String(Number(value.toPrecision(4)));
const whole = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
