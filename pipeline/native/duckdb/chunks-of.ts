import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';

/** Rows of one chunk at most: DuckDB's own. */
export const CHUNK_ROWS = 2048;

export interface Chunk {
  readonly chunk: DuckDBDataChunk;
  /** Its rows, asked for once: each time is a call into the library. */
  readonly count: number;
}

/** A result as DuckDB hands it over, up to its end. */
export async function* chunksOf(result: DuckDBResult): AsyncGenerator<Chunk, void> {
  for (;;) {
    const chunk = await result.fetchChunk();
    const count = chunk?.rowCount ?? 0;
    if (chunk === null || count === 0) return;
    yield { chunk, count };
  }
}
