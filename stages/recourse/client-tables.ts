import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';

/** Keeps, of each raw table `all_<name>`, the rows of some clients as the table `<name>`. */
export async function keepClients(db: DuckDb, clients: Int32Array): Promise<void> {
  await db.createTable('kept_clients', { SK_ID_CURR: { type: 'INTEGER', values: clients } });
  // bureau before bureau_balance, which knows its client by the loan only.
  for (const name of [...TABLE_NAMES].toSorted()) {
    await db.run(
      `create or replace temp table ${sqlName(name)} as select rows.* from ${sqlName(`all_${name}`)} rows semi join ${ownerOf(name)}`,
    );
  }
}

const ownerOf = (name: TableName): string =>
  name === 'bureau_balance' ? 'bureau using (SK_ID_BUREAU)' : 'kept_clients using (SK_ID_CURR)';
