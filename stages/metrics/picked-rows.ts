/** Numbers of the rows that have a property, ascending. */
export function rowsWhere(length: number, holds: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(length);
  let found = 0;
  for (let row = 0; row < length; row++) if (holds(row)) rows[found++] = row;
  return rows.slice(0, found);
}

/** The values of some rows, in the order in which the rows are given. */
export function pickRows(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  // A loop: hundreds of thousands of rows, and an array's `from` asks an iterator for each.
  const picked = new Float64Array(rows.length);
  for (let at = 0; at < picked.length; at++) picked[at] = values[rows[at] ?? 0] ?? Number.NaN;
  return picked;
}
