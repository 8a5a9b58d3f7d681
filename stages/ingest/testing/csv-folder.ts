import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TableName } from '../../tables/table-names.ts';
import { tables } from '../../tables/tables.ts';

export type Cells = Readonly<Record<string, string | number>>;

/** A valid row of a table as CSV cells, with some of them replaced; a category takes its first level. */
export function sampleRow(table: TableName, cells: Cells = {}): string {
  return Object.entries(tables[table].columns)
    .map(([name, column]) => {
      const given = cells[name] ?? column.levels?.[0] ?? (column.nullable ? '' : (column.max ?? column.min ?? 1));
      const text = String(given);
      return /[",\n]/.test(text) && !text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}

/** Header and rows of a table as CSV text. */
export function sampleCsv(table: TableName, rows: readonly Cells[]): string {
  return `${[Object.keys(tables[table].columns).join(','), ...rows.map((cells) => sampleRow(table, cells))].join('\n')}\n`;
}

/** `count` labelled applicants from 100002 on, every tenth a default. */
export function applicants(count: number): readonly Cells[] {
  return Array.from({ length: count }, (_, index) => ({ SK_ID_CURR: 100_002 + index, TARGET: index % 10 === 0 ? 1 : 0 }));
}

/** A temporary folder with these files. */
export async function csvFolder(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice csv é-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
