import type { DuckDb } from '../../pipeline/index.ts';
import type { Reject } from './reject.ts';

/** Writes the rows that were set aside, in the order of tables and lines. */
export async function writeRejects(db: DuckDb, rejects: readonly Reject[], path: string): Promise<void> {
  await db.createTable('rejects', {
    file: { type: 'VARCHAR', values: rejects.map(({ file }) => file) },
    line: { type: 'BIGINT', values: rejects.map(({ line }) => line) },
    column: { type: 'VARCHAR', values: rejects.map(({ column }) => column) },
    value: { type: 'VARCHAR', values: rejects.map(({ value }) => value) },
    reason: { type: 'VARCHAR', values: rejects.map(({ reason }) => reason) },
    table: { type: 'VARCHAR', values: rejects.map(({ table }) => table) },
    client: { type: 'INTEGER', values: rejects.map(({ client }) => client) },
  });
  await db.copyToParquet('select * from rejects', path);
}
