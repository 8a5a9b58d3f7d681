import { DuckDb } from '../../native/duckdb/duckdb.ts';

export interface ParquetDescription {
  readonly rows: number;
  readonly columns: Readonly<Record<string, string>>;
}

/** Row count and column types of a Parquet file, from its footer. */
export async function describeParquet(path: string, tempDir: string): Promise<ParquetDescription> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir });
  const described = await db.all<{ column_name: string; column_type: string }>('describe select * from read_parquet($path)', { path });
  const { rows } = await db.one<{ rows: number }>('select num_rows as rows from parquet_file_metadata($path)', { path });
  return { rows, columns: Object.fromEntries(described.map((column) => [column.column_name, column.column_type])) };
}
