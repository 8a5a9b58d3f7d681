import type { DuckDBResult } from '@duckdb/node-api';
import { copyNumbers } from './vector-numbers.ts';

/** Row-major: value (row, column) lies at `row * columns.length + column`. */
export interface FloatMatrix {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly data: Float32Array;
}

/** Reads a streamed result column by column into one Float32Array, which grows by doubling past the rows expected: its old half is then there twice. */
export async function readMatrix(result: DuckDBResult, expectedRows = 16_384): Promise<FloatMatrix> {
  const columns = result.deduplicatedColumnNames();
  const width = columns.length;
  let data = new Float32Array(width * expectedRows);
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    // Asked once: each time is a call into the library.
    const count = chunk?.rowCount ?? 0;
    if (chunk === null || count === 0) break;
    const needed = (rows + count) * width;
    if (needed > data.length) {
      const grown = new Float32Array(Math.max(needed, data.length * 2));
      grown.set(data.subarray(0, rows * width));
      data = grown;
    }
    for (let column = 0; column < width; column++)
      copyNumbers(chunk.getColumnVector(column), data, { count, start: rows * width + column, step: width });
    rows += count;
  }
  return { rows, columns, data: data.subarray(0, rows * width) };
}
