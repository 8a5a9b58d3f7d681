import { from } from 'arquero';

/** Rows as a Markdown table, columns in the order of the first row's keys; a pipe in a cell is escaped. */
export function markdownTable(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const cells = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, String(value).replaceAll('|', '\\|')])),
  );
  return from(cells).toMarkdown({ limit: Number.POSITIVE_INFINITY }).trim();
}
