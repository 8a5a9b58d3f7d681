import type { FloatMatrix } from '../../pipeline/index.ts';

/** The named columns, in that order. The same object when they are all of them. */
export function selectColumns(matrix: FloatMatrix, names: readonly string[]): FloatMatrix {
  const width = matrix.columns.length;
  if (names.length === width && names.every((name, index) => name === matrix.columns[index])) return matrix;
  const from = names.map((name) => matrix.columns.indexOf(name));
  const data = new Float32Array(matrix.rows * names.length);
  for (let row = 0, at = 0; row < matrix.rows; row++) {
    for (const column of from) data[at++] = matrix.data[row * width + column] ?? Number.NaN;
  }
  return { rows: matrix.rows, columns: names, data };
}

/** The rows with those numbers, in that order. */
export function selectRows(matrix: FloatMatrix, rows: Uint32Array): FloatMatrix {
  const width = matrix.columns.length;
  const data = new Float32Array(rows.length * width);
  for (let at = 0; at < rows.length; at++) {
    const start = (rows[at] ?? 0) * width;
    data.set(matrix.data.subarray(start, start + width), at * width);
  }
  return { rows: rows.length, columns: matrix.columns, data };
}

/** The values at those positions. */
export function selectValues(values: Float32Array, rows: Uint32Array): Float32Array {
  return Float32Array.from(rows, (row) => values[row] ?? Number.NaN);
}
