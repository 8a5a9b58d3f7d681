import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import ageBandSql from '../tables/age-band.sql';
import { EVALUATED_ATTRIBUTES } from './evaluated-attributes.ts';
import groupsSql from './groups.sql';

/** Attribute to the group of each holdout row, in the order of the rows. */
export type Groups = Readonly<Record<string, readonly string[]>>;

const OWN = 'group_';

/**
 * Groups by SK_ID_CURR. Needs the views holdout and applications. Home Credit's are sex, age and loan type; other tables bring theirs in
 * columns named `group_<attribute>`, or none.
 * @param columns of applications
 */
export async function readGroups(db: DuckDb, columns: readonly string[]): Promise<Groups> {
  if (hasHomeCreditGroups(columns)) {
    await db.run(ageBandSql);
    return await groupsOf(db, groupsSql, EVALUATED_ATTRIBUTES);
  }
  const own = columns.filter((column) => column.startsWith(OWN)).map((column) => column.slice(OWN.length));
  return own.length === 0 ? {} : await groupsOf(db, ownSql(own), own);
}

/** Whether the groups are made of Home Credit's columns: they are there, and the table declares no groups of its own. */
export function hasHomeCreditGroups(columns: readonly string[]): boolean {
  return columns.includes('CODE_GENDER') && !columns.some((column) => column.startsWith(OWN));
}

/** @param sql one column an attribute, one row a holdout client by SK_ID_CURR */
export async function groupsOf(db: DuckDb, sql: string, attributes: readonly string[]): Promise<Groups> {
  const rows = await db.all<Record<string, string>>(sql);
  return Object.fromEntries(attributes.map((attribute) => [attribute, rows.map((row) => row[attribute] ?? 'unknown')]));
}

function ownSql(own: readonly string[]): string {
  const select = own.map((attribute) => `a.${sqlName(`${OWN}${attribute}`)} as ${sqlName(attribute)}`);
  return `select ${select.join(', ')} from holdout h left join applications a on a.SK_ID_CURR = h.SK_ID_CURR order by h.SK_ID_CURR`;
}
