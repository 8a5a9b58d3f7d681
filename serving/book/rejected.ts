import { z } from 'zod';
import { type DuckDb, sqlString } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';
import { rowPlace } from '../scorer/without-values.ts';
import countSql from './count-rejects.sql';

/** Places that are told; all of them stand in the file. */
const TOLD = 3;

const rowCounts = z.partialRecord(z.enum(TABLE_NAMES), z.int()).readonly();
/** By raw table. */
export type RowCounts = z.infer<typeof rowCounts>;

export const rejectedSchema = z.strictObject({
  rows: z.int(),
  /** Of the first ones, and never what stands there. */
  places: z.array(z.string()).readonly(),
  byClient: z.record(z.string(), rowCounts).readonly(),
  /** Of histories, and it cannot be read whose: a field too few or too many, no id, or a loan that bureau lacks. */
  unclaimed: rowCounts,
});
export type Rejected = z.infer<typeof rejectedSchema>;

/** Counts the rows that ingest set aside. @param rejects Parquet, a row each; null where there are none */
export async function countRejects(db: DuckDb, rejects: string | null): Promise<Rejected> {
  if (rejects === null) return { rows: 0, places: [], byClient: {}, unclaimed: {} };
  const from = `read_parquet(${sqlString(rejects)})`;
  const { rows } = await db.one<{ rows: number }>(`select count(*)::integer as rows from ${from}`);
  const first = await db.all<Parameters<typeof rowPlace>[0]>(`select file, line, "column", reason from ${from} limit ${TOLD}`);
  return { rows, places: first.map(rowPlace), ...(await countByClient(db, rejects)) };
}

async function countByClient(db: DuckDb, rejects: string): Promise<Pick<Rejected, 'byClient' | 'unclaimed'>> {
  const byClient: Record<string, Partial<Record<TableName, number>>> = {};
  const unclaimed: Partial<Record<TableName, number>> = {};
  // An ingest before they were told by client did not say of which table they are either.
  const columns = await db.all<{ column_name: string }>(`describe select * from read_parquet(${sqlString(rejects)})`);
  if (!columns.some((column) => column.column_name === 'client')) return { byClient, unclaimed };
  const counted = await db.all<{ client: number | null; name: TableName; rows: number }>(countSql, { rejects });
  for (const { client, name, rows } of counted) {
    if (client !== null) (byClient[client] ??= {})[name] = rows;
    // Whose form could not be read is not in the book: nobody there lacks one.
    else if (!name.startsWith('application_')) unclaimed[name] = rows;
  }
  return { byClient, unclaimed };
}

/** In all tables together. */
export function rowsOf(counts: RowCounts): number {
  return Object.values(counts).reduce((sum, rows) => sum + rows, 0);
}
