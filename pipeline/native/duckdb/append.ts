import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { CHUNK_ROWS } from './chunks-of.ts';

/** A column to write: null, undefined and NaN become null. */
export interface ColumnData {
  readonly type: 'BIGINT' | 'BOOLEAN' | 'DOUBLE' | 'FLOAT' | 'INTEGER' | 'TINYINT' | 'VARCHAR';
  readonly values: ArrayLike<number | string | boolean | null>;
}

/** Appends arrays of one length to a table, in order. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: Readonly<Record<string, ColumnData>>,
): Promise<void> {
  const list = Object.values(columns);
  const rows = list[0]?.values.length ?? 0;
  const ragged = Object.entries(columns).find(([, { values }]) => values.length !== rows);
  if (ragged !== undefined) throw new RangeError(`column "${ragged[0]}" has ${ragged[1].values.length} values, the first has ${rows}`);
  const duckdb = await import('@duckdb/node-api'); // open() has loaded it
  const appender = await connection.createAppender(table);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const end = Math.min(rows, start + CHUNK_ROWS);
    const chunk = duckdb.DuckDBDataChunk.create(list.map(({ type }) => duckdb[type]));
    chunk.setColumns(list.map((column) => slice(column, start, end)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function slice({ type, values }: ColumnData, start: number, end: number): DuckDBValue[] {
  const part: DuckDBValue[] = [];
  for (let index = start; index < end; index++) {
    const value = values[index] ?? null;
    const empty = value === null || (typeof value === 'number' && Number.isNaN(value));
    part.push(empty ? null : type === 'BIGINT' ? BigInt(value) : type === 'BOOLEAN' ? Boolean(value) : value);
  }
  return part;
}
