import type { DuckDBResult } from '@duckdb/node-api';
import { type Chunk, CHUNK_ROWS, chunksOf } from './chunks-of.ts';
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
  for await (const chunk of chunksOf(result)) {
    const needed = (rows + chunk.count) * width;
    if (needed > data.length) {
      const grown = new Float32Array(Math.max(needed, data.length * 2));
      grown.set(data.subarray(0, rows * width));
      data = grown;
    }
    copyChunk(chunk, data, { rows, width });
    rows += chunk.count;
  }
  return { rows, columns, data: data.subarray(0, rows * width) };
}

/** A streamed result, at least `atLeast` rows at a time but for the last; each batch lies in the memory of the one before. */
export async function* readMatrixBatches(result: DuckDBResult, atLeast: number): AsyncGenerator<FloatMatrix, void> {
  const columns = result.deduplicatedColumnNames();
  const width = columns.length;
  const data = new Float32Array(width * (atLeast + CHUNK_ROWS));
  let rows = 0;
  for await (const chunk of chunksOf(result)) {
    copyChunk(chunk, data, { rows, width });
    rows += chunk.count;
    if (rows < atLeast) continue;
    yield { rows, columns, data: data.subarray(0, rows * width) };
    rows = 0;
  }
  if (rows > 0) yield { rows, columns, data: data.subarray(0, rows * width) };
}

/** Puts a chunk behind the rows that are there. */
function copyChunk({ chunk, count }: Chunk, data: Float32Array, { rows, width }: { readonly rows: number; readonly width: number }): void {
  for (let column = 0; column < width; column++)
    copyNumbers(chunk.getColumnVector(column), data, { count, start: rows * width + column, step: width });
}
