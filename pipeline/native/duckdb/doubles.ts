import type { DuckDBListVector, DuckDBMaterializedResult, DuckDBResult, DuckDBVector } from '@duckdb/node-api';
import { CHUNK_ROWS, chunksOf } from './chunks-of.ts';
import { copyNumbers } from './vector-numbers.ts';

/** Reads a streamed result into one Float64Array a column; null becomes NaN. */
export async function readDoubles(result: DuckDBResult): Promise<Record<string, Float64Array>> {
  const names = result.deduplicatedColumnNames();
  let columns = names.map(() => new Float64Array(CHUNK_ROWS));
  let rows = 0;
  for await (const { chunk, count } of chunksOf(result)) {
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

/** Where a column's numbers are to be put: an array of that length. */
export type TakeArray = (column: string, length: number) => Float64Array;

/** The lists of doubles of a result's first row, by column; null is an empty one. */
export async function readLists(result: DuckDBMaterializedResult, take: TakeArray): Promise<Record<string, Float64Array>> {
  const names = result.deduplicatedColumnNames();
  const [chunk] = await result.fetchAllChunks();
  return Object.fromEntries(names.map((name, index) => [name, listOf(chunk?.getColumnVector(index), (length) => take(name, length))]));
}

function listOf(vector: DuckDBVector | undefined, take: (length: number) => Float64Array): Float64Array {
  if (vector === undefined || vector.constructor.name !== 'DuckDBListVector') return new Float64Array();
  const items: unknown = Reflect.get((vector as DuckDBListVector).childVector, 'items');
  if (!(items instanceof Float64Array)) return new Float64Array();
  // A copy: the items lie in the library's memory, which goes with the chunk.
  const copy = take(items.length);
  copy.set(items);
  return copy;
}

function grow(column: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.max(needed, column.length * 2));
  grown.set(column);
  return grown;
}
