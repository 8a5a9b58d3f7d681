import type { DuckDBResultReader } from '@duckdb/node-api';

export type SqlRow = Record<string, unknown>;

/** Rows as objects; 64-bit integers become numbers. */
export function rowsOf<TRow extends SqlRow>(reader: DuckDBResultReader): TRow[] {
  return reader.getRowObjectsJS().map((row) => {
    for (const [key, value] of Object.entries(row)) if (typeof value === 'bigint') row[key] = Number(value);
    return row as SqlRow as TRow;
  });
}
