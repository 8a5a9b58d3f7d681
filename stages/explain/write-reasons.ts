import type { DuckDb } from '../../pipeline/index.ts';

export interface ClientReason {
  readonly client: number;
  readonly rank: number;
  readonly code: string;
  readonly push: number;
}

/** One row a client and reason, by client and rank. */
export async function writeReasons(db: DuckDb, path: string, reasons: readonly ClientReason[]): Promise<void> {
  await db.createTable('reasons', {
    SK_ID_CURR: { type: 'INTEGER', values: Int32Array.from(reasons, ({ client }) => client) },
    rank: { type: 'TINYINT', values: Uint8Array.from(reasons, ({ rank }) => rank) },
    code: { type: 'VARCHAR', values: reasons.map(({ code }) => code) },
    push: { type: 'DOUBLE', values: Float64Array.from(reasons, ({ push }) => push) },
  });
  await db.copyToParquet('select * from reasons order by SK_ID_CURR, rank', path);
}
