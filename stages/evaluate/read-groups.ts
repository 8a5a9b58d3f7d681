import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import groupsSql from './groups.sql';

const OWN = 'group_';

/**
 * Attribute to the group of each holdout row, by SK_ID_CURR. Needs the views holdout and applications. Home Credit's are sex, age and
 * loan type; other tables bring theirs in columns named `group_<attribute>`, or none.
 * @param columns of applications
 */
export async function readGroups(db: DuckDb, columns: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const own = columns.filter((column) => column.startsWith(OWN));
  if (own.length === 0 && !columns.includes('CODE_GENDER')) return {};
  const rows = await db.all<Record<string, string>>(own.length === 0 ? groupsSql : ownSql(own));
  const attributes = own.length === 0 ? ['sex', 'age', 'loan'] : own.map((column) => column.slice(OWN.length));
  return Object.fromEntries(attributes.map((attribute) => [attribute, rows.map((row) => row[attribute] ?? 'unknown')]));
}

function ownSql(own: readonly string[]): string {
  const select = own.map((column) => `a.${sqlName(column)} as ${sqlName(column.slice(OWN.length))}`);
  return `select ${select.join(', ')} from holdout h left join applications a on a.SK_ID_CURR = h.SK_ID_CURR order by h.SK_ID_CURR`;
}
