import type { DuckDb } from '../../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../../tables/table-names.ts';
import type { RawRow, RawRows } from '../raw-columns.ts';

/** Condition for a client's rows of a raw table. */
export const ownRows = (name: TableName, client: number): string =>
  name === 'bureau_balance' ? `SK_ID_BUREAU in (select SK_ID_BUREAU from bureau where SK_ID_CURR = ${client})` : `SK_ID_CURR = ${client}`;

/** A client's rows of all raw tables, as plain objects. */
export async function rowsOfClient(db: DuckDb, client: number): Promise<RawRows> {
  const rows: Partial<Record<TableName, readonly RawRow[]>> = {};
  for (const name of TABLE_NAMES) rows[name] = await db.all<RawRow>(`select * from ${name} where ${ownRows(name, client)}`);
  return rows;
}
