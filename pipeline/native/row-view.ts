import type { FloatMatrix } from './duckdb/matrix.ts';

/** Some rows of a matrix, in that order, not copied: a book of 300,000 × 700 must not be in memory twice. */
export interface RowView {
  readonly matrix: FloatMatrix;
  /** Row numbers. */
  readonly rows: Uint32Array;
}

/** All rows of a matrix. */
export function wholeView(matrix: FloatMatrix): RowView {
  return { matrix, rows: Uint32Array.from({ length: matrix.rows }, (_, row) => row) };
}

/** Whether a view is its matrix. */
export function isWhole({ matrix, rows }: RowView): boolean {
  return rows.length === matrix.rows && rows.every((row, at) => row === at);
}

/** The rows as a matrix of their own; the matrix itself where the view is all of it. */
export function copyRows(view: RowView): FloatMatrix {
  if (isWhole(view)) return view.matrix;
  const { matrix, rows } = view;
  const width = matrix.columns.length;
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, at) => data.set(matrix.data.subarray(row * width, (row + 1) * width), at * width));
  return { rows: rows.length, columns: matrix.columns, data };
}

/** Memory for the batches of a view; a view of everything needs none. Passes over it take turns with one. */
export function batchBuffer(view: RowView, size: number): Float32Array {
  return new Float32Array(isWhole(view) ? 0 : Math.min(size, view.rows.length) * view.matrix.columns.length);
}

/** The rows, at most so many at a time. A batch is valid until the next one is asked for; a view of everything is one batch, not copied. */
export function* rowBatches(view: RowView, size: number, buffer = batchBuffer(view, size)): Generator<FloatMatrix> {
  const { matrix, rows } = view;
  if (isWhole(view)) {
    yield matrix;
    return;
  }
  const width = matrix.columns.length;
  for (let from = 0; from < rows.length; from += size) {
    const count = Math.min(size, rows.length - from);
    for (let at = 0; at < count; at++) {
      const row = rows[from + at] ?? 0;
      buffer.set(matrix.data.subarray(row * width, (row + 1) * width), at * width);
    }
    yield { rows: count, columns: matrix.columns, data: buffer.subarray(0, count * width) };
  }
}
