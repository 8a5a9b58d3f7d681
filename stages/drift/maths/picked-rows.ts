/** Numbers of the rows that have a property, ascending. */
export function rowsWhere(length: number, holds: (row: number) => boolean): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row).filter(holds);
}

/** The values of some rows, in the order in which the rows are given. */
export function pickRows(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
}
