import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Groups } from './read-groups.ts';

/** Writes the group of each client, one column an attribute, by SK_ID_CURR. */
export async function writeGroups(db: DuckDb, path: string, id: Float64Array, groups: Groups): Promise<void> {
  const attributes = Object.keys(groups);
  await db.createTable('client_groups', {
    SK_ID_CURR: { type: 'INTEGER', values: Int32Array.from(id) },
    ...Object.fromEntries(attributes.map((attribute) => [attribute, { type: 'VARCHAR' as const, values: groups[attribute] ?? [] }])),
  });
  const columns = ['SK_ID_CURR', ...attributes].map(sqlName).join(', ');
  await db.copyToParquet(`select ${columns} from client_groups order by SK_ID_CURR`, path);
}
