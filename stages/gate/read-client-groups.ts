import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import type { Groups } from '../assess/groups/read-groups.ts';

/** The groups that assess wrote, attribute by attribute, by SK_ID_CURR. Needs a view named client_groups. */
export async function readClientGroups(db: DuckDb, columns: readonly string[]): Promise<Groups> {
  const attributes = columns.filter((column) => column !== 'SK_ID_CURR');
  if (attributes.length === 0) return {};
  const rows = await db.all<Record<string, string>>(`select ${attributes.map(sqlName).join(', ')} from client_groups order by SK_ID_CURR`);
  return Object.fromEntries(attributes.map((attribute) => [attribute, rows.map((row) => row[attribute] ?? 'unknown')]));
}
