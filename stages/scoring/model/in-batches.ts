import type { FloatMatrix } from '../../../pipeline/index.ts';

/** A library keeps eight bytes a value of what it predicts on: 16,384 rows of 900 columns are 118 MB. */
const BATCH_ROWS = 16_384;

/** One number a row, or `perRow` of them, computed batch by batch, so that a whole book takes the memory of its result. */
export function inBatches(matrix: FloatMatrix, perRow: number, compute: (batch: FloatMatrix) => ArrayLike<number>): Float32Array {
  const { rows, columns, data } = matrix;
  const result = new Float32Array(rows * perRow);
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const to = Math.min(rows, from + BATCH_ROWS);
    const batch = { rows: to - from, columns, data: data.subarray(from * columns.length, to * columns.length) };
    result.set(compute(batch), from * perRow);
  }
  return result;
}
