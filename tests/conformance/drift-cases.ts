import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from '@jest/globals';
import { z } from 'zod';
import { type DistinctTable, asLevels, levelTable, numericTable } from '../../stages/drift/maths/distinct-table.ts';

const score = z.union([z.number(), z.object({ nonfinite: z.enum(['nan', 'inf']) })]);
const testResult = z.union([
  z.object({ score, drifted: z.boolean(), threshold: z.number(), op: z.enum(['<', '<=', '>', '>=']), statistic: z.number().optional() }),
  z.object({ error: z.string() }),
]);
const preset = z.union([
  z.object({
    columns: z.record(z.string(), z.object({ method: z.string(), threshold: z.number(), score })),
    drifted_columns: z.object({ count: z.number(), share: z.number() }),
  }),
  z.object({ error: z.string() }),
]);
const columnCase = z.object({
  case: z.string(),
  kind: z.enum(['num', 'cat']),
  dtype: z.string(),
  csv: z.string(),
  default_test_for_kind: z.string().nullable(),
  default_result: z.object({ score, drifted: z.boolean(), threshold: z.number(), op: z.string() }).nullable(),
  inferred_type_0_7: z.object({ reference: z.string(), current: z.string() }),
  preset_0_7: preset,
  tests: z.record(z.string(), testResult),
});
const datasetCase = z.object({
  case: z.string(),
  kind: z.literal('dataset'),
  ref_csv: z.string(),
  cur_csv: z.string(),
  preset_0_7: preset,
});
export type ColumnCase = z.infer<typeof columnCase>;
export type DatasetCase = z.infer<typeof datasetCase>;

const driftReference = join(resolve(process.env['SLUICE_REFERENCE'] ?? '../shared/reference'), 'drift');
const haveDriftReference = existsSync(driftReference);

export function driftPath(file: string): string {
  return join(driftReference, file);
}

/** Every case file that is there; without the folder none, and one skipped test that says why. */
export function driftCases(title: string): readonly (ColumnCase | DatasetCase)[] {
  if (!haveDriftReference) {
    // oxlint-disable-next-line jest/expect-expect -- it only says why nothing runs
    test.skip(`${title}: skipped, no folder ${driftReference} (set SLUICE_REFERENCE)`, () => {});
    return [];
  }
  const files = readdirSync(driftReference).filter((name) => name.endsWith('.json') && !name.startsWith('_'));
  return files
    .toSorted()
    .map((name) => z.union([datasetCase, columnCase]).parse(JSON.parse(readFileSync(join(driftReference, name), 'utf8'))));
}

/** A case's rows as distinct values; null and non-finite ones are left out and counted. */
export function readCase({ csv, dtype, kind }: ColumnCase): {
  readonly table: DistinctTable;
  readonly missing: { readonly reference: number; readonly current: number };
} {
  const rows = readFileSync(driftPath(csv), 'utf8').trimEnd().split(/\r?\n/).slice(1);
  const counts = new Map<string | number, [number, number]>();
  const missing = { reference: 0, current: 0 };
  const isText = !/^(int|float)/.test(dtype);
  for (const row of rows) {
    const side = row.startsWith('r') ? 0 : 1;
    const text = row.slice(2);
    const value = isText ? unquote(text) : text === '' || !Number.isFinite(Number(text)) ? null : Number(text) + 0;
    if (value === null) {
      missing[side === 0 ? 'reference' : 'current']++;
      continue;
    }
    const pair = counts.get(value) ?? [0, 0];
    pair[side]++;
    counts.set(value, pair);
  }
  const entries = [...counts].toSorted(([a], [b]) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))),
  );
  const sides = {
    reference: Float64Array.from(entries, ([, pair]) => pair[0]),
    current: Float64Array.from(entries, ([, pair]) => pair[1]),
  };
  if (isText)
    return {
      table: levelTable(
        entries.map(([level]) => String(level)),
        sides,
      ),
      missing,
    };
  const precision = dtype === 'float32' ? 'float32' : dtype.startsWith('int') ? 'integer' : 'float64';
  const table = numericTable(
    Float64Array.from(entries, ([value]) => Number(value)),
    sides,
    precision,
  );
  return { table: kind === 'cat' ? asLevels(table) : table, missing };
}

function unquote(text: string): string | null {
  if (text === '') return null;
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
