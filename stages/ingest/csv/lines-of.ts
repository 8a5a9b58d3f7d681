import { csvRecords } from './csv-records.ts';

/** Lines of the rows that hold a number in a column. */
export async function linesOf(
  path: string,
  names: readonly string[],
  wanted: { readonly column: string; readonly value: number },
): Promise<readonly number[]> {
  const index = names.indexOf(wanted.column);
  const lines: number[] = [];
  for await (const records of csvRecords(path)) {
    for (const { line, fields } of records) if (Number(fields[index]) === wanted.value) lines.push(line);
  }
  return lines;
}
