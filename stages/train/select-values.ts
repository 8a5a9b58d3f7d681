/** The values at those positions. */
export function selectValues(values: Float32Array, rows: Uint32Array): Float32Array {
  return Float32Array.from(rows, (row) => values[row] ?? Number.NaN);
}
