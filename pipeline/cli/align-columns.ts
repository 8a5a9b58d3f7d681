/** Lines of a table for a terminal, the header's first: each column as wide as its longest cell, two blanks between. */
export function alignColumns(header: readonly string[], rows: readonly (readonly string[])[]): readonly [string, ...string[]] {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const align = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [align(header), ...rows.map(align)];
}
