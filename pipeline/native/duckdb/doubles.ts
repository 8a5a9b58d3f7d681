import type { DuckDBMaterializedResult, DuckDBResult } from '@duckdb/node-api';
import { copyNumbers } from './vector-numbers.ts';

/** Reads a streamed result into one Float64Array a column; null becomes NaN. */
export async function readDoubles(result: DuckDBResult): Promise<Record<string, Float64Array>> {
  const names = result.deduplicatedColumnNames();
  let columns = names.map(() => new Float64Array(2048));
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    const count = chunk?.rowCount ?? 0;
    if (chunk === null || count === 0) break;
    const needed = rows + count;
    if (needed > (columns[0]?.length ?? 0)) columns = columns.map((column) => grow(column, needed));
    columns.forEach((column, index) => copyNumbers(chunk.getColumnVector(index), column, { count, start: rows, step: 1 }));
    rows = needed;
  }
  return Object.fromEntries(names.map((name, index) => [name, columns[index]?.slice(0, rows) ?? new Float64Array()]));
}

/** The first column of a result that is whole; null becomes NaN. */
export async function readColumn(result: DuckDBMaterializedResult): Promise<Float64Array> {
  const column = new Float64Array(result.rowCount);
  let start = 0;
  for (const chunk of await result.fetchAllChunks()) {
    const count = chunk.rowCount;
    copyNumbers(chunk.getColumnVector(0), column, { count, start, step: 1 });
    start += count;
  }
  return column;
}

function grow(column: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.max(needed, column.length * 2));
  grown.set(column);
  return grown;
}
