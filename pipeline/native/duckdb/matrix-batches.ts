import type { DuckDBResult } from '@duckdb/node-api';
import type { FloatMatrix } from './matrix.ts';
import { copyNumbers } from './vector-numbers.ts';

/** What DuckDB hands over at once, at most. */
const CHUNK = 2048;

/** A streamed result, at least `atLeast` rows at a time but for the last; each batch lies in the memory of the one before. */
export async function* readMatrixBatches(result: DuckDBResult, atLeast: number): AsyncGenerator<FloatMatrix, void> {
  const columns = result.deduplicatedColumnNames();
  const width = columns.length;
  const data = new Float32Array(width * (atLeast + CHUNK));
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    const count = chunk?.rowCount ?? 0;
    if (chunk === null || count === 0) break;
    for (let column = 0; column < width; column++)
      copyNumbers(chunk.getColumnVector(column), data, { count, start: rows * width + column, step: width });
    rows += count;
    if (rows < atLeast) continue;
    yield { rows, columns, data: data.subarray(0, rows * width) };
    rows = 0;
  }
  if (rows > 0) yield { rows, columns, data: data.subarray(0, rows * width) };
}
