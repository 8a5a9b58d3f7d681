import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import groupsSql from './groups.sql';

const OWN = 'group_';
const HOME_CREDIT = ['sex', 'age', 'loan', 'region', 'history'] as const;

/** Attribute to the group of each judged row, in the order of the rows. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/**
 * Groups by SK_ID_CURR. Needs the views predictions, applications, bureau and previous. Home Credit's are sex, age, type of loan,
 * region and history; other tables bring theirs in columns named `group_<attribute>`, or none.
 * @param columns of applications
 */
export async function readGroups(db: DuckDb, columns: readonly string[]): Promise<Groups> {
  const own = columns.filter((column) => column.startsWith(OWN));
  if (own.length === 0 && !columns.includes('CODE_GENDER')) return {};
  const rows = await db.all<Record<string, string>>(own.length === 0 ? groupsSql : ownSql(own));
  const attributes = own.length === 0 ? HOME_CREDIT : own.map((column) => column.slice(OWN.length));
  return Object.fromEntries(attributes.map((attribute) => [attribute, rows.map((row) => row[attribute] ?? 'unknown')]));
}

function ownSql(own: readonly string[]): string {
  const select = own.map((column) => `a.${sqlName(column)} as ${sqlName(column.slice(OWN.length))}`);
  return `select ${select.join(', ')} from predictions h left join applications a on a.SK_ID_CURR = h.SK_ID_CURR order by h.SK_ID_CURR`;
}
