import { DuckDb } from '../../../pipeline/index.ts';

export interface DatabaseOptions {
  readonly threads: number;
  readonly tempDir: string;
}

const MEMORY_MB = 1500;

/** A database that is asked for one column of a file after the other. */
export async function openDatabase({ threads, tempDir }: DatabaseOptions): Promise<DuckDb> {
  const db = await DuckDb.open({ threads, memoryMb: MEMORY_MB, tempDir });
  try {
    // Each column is a query of its own: the files' footers are read once, not a hundred times.
    await db.run('set parquet_metadata_cache = true');
    // So that DuckDB reads on while a model scores the rows before; by itself it stops at one chunk of a wide table.
    await db.run("set streaming_buffer_size = '24MB'");
    // What a column took goes back to the system with it, not a second later: 20 MiB less at the height of a comparison.
    await db.run("set allocator_bulk_deallocation_flush_threshold = '4MB'");
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}
