import { didYouMean } from '../../errors/close-match.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import { DuckDb } from '../../native/duckdb/duckdb.ts';
import { sqlName, sqlString } from '../../native/duckdb/literals.ts';

export interface ProjectionOrder {
  /** The whole table's file. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Where the projection is written. */
  readonly target: string;
  readonly tempDir: string;
  /** For messages: input, stage and port. */
  readonly input: string;
  readonly stage: string;
  readonly from: string;
}

export interface WrittenProjection {
  readonly rows: number;
  readonly columns: Readonly<Record<string, string>>;
}

const MEMORY_MB = 1024;

/**
 * Writes some columns of a Parquet file, rows in their order. The bytes depend on names, types and values alone: by one
 * thread, through a plain table, so that neither the other columns nor how the file was cut into row groups show.
 * @throws SluiceError ARTIFACT_SCHEMA for a column that is not there
 */
export async function writeProjection(order: ProjectionOrder): Promise<WrittenProjection> {
  using db = await DuckDb.open({ threads: 1, memoryMb: MEMORY_MB, tempDir: order.tempDir });
  const described = await db.all<{ column_name: string; column_type: string }>('describe select * from read_parquet($path)', {
    path: order.table,
  });
  const found = new Map(described.map((column) => [column.column_name, column.column_type]));
  const missing = order.columns.find((column) => !found.has(column));
  if (missing !== undefined) throw noSuchColumn(order, missing, [...found.keys()]);
  await db.run(`create table projection as select ${order.columns.map(sqlName).join(', ')} from read_parquet(${sqlString(order.table)})`);
  await db.copyToParquet('select * from projection', order.target);
  const { rows } = await db.one<{ rows: number }>('select count(*) as rows from projection');
  return { rows, columns: Object.fromEntries(order.columns.map((column) => [column, found.get(column) ?? ''])) };
}

function noSuchColumn({ input, stage, from }: ProjectionOrder, missing: string, columns: readonly string[]): SluiceError {
  return new SluiceError(
    'ARTIFACT_SCHEMA',
    `input "${input}" of stage "${stage}" takes column "${missing}" of ${from}, which has no such column.${didYouMean(missing, columns)}`,
    {
      stage,
      hint: `It has: ${columns.slice(0, 12).join(', ')}${columns.length > 12 ? ` and ${columns.length - 12} more` : ''}.`,
      data: { columns },
    },
  );
}
