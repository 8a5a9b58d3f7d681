import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import { FAMILY_NAMES, type FamilyName } from './family-names.ts';
import { preparation } from './feature-queries.ts';
import { groupQueries, neededRows } from './group-queries.ts';

export interface BuildOptions {
  /** Families to make beside the core; all by default. */
  readonly families?: readonly FamilyName[];
  /** Called before each group, for progress. */
  readonly onGroup?: (group: string, done: number, total: number) => void;
}

/**
 * Makes the temporary view `all_features` (SK_ID_CURR, TARGET, part, features) from views or tables named as the eight raw tables.
 * `ApplicantFeatures` runs the same queries for one applicant: a client's features depend on that client's rows only.
 */
export async function buildFeatures(db: DuckDb, { families = FAMILY_NAMES, onGroup = () => {} }: BuildOptions = {}): Promise<void> {
  const groups = groupQueries(families);
  for (const statement of preparation) await db.run(statement);
  for (const { table, statement } of neededRows(groups.map(({ query }) => query))) {
    onGroup(table, 0, groups.length);
    await db.run(statement);
  }
  for (const [index, { group, table, query }] of groups.entries()) {
    onGroup(group, index, groups.length);
    await db.run(`create or replace temp table ${sqlName(table)} as ${query}`);
  }
  await db.run('create or replace temp table clients_in_order as select SK_ID_CURR, TARGET, part from application order by SK_ID_CURR');
  for (const { table } of groups) await db.run(aligned(table));
  await db.run(sideBySide(groups.map(({ table }) => table)));
}

/**
 * Puts a group's columns as Float32 beside the clients, in their order, null where a client has no row. Side by side by position they
 * cost a third of what one join of all groups does: every further join would copy all columns so far, and the wide rows be sorted last.
 */
const aligned = (table: string): string => `create or replace temp table ${sqlName(inOrder(table))} as
  select feature(columns(own.* exclude (SK_ID_CURR)))
  from clients_in_order left join ${sqlName(table)} own on clients_in_order.SK_ID_CURR = own.SK_ID_CURR
  order by clients_in_order.SK_ID_CURR`;

const inOrder = (table: string): string => `${table}_in_order`;

const sideBySide = (tables: readonly string[]): string => `create or replace temp view all_features as
  select * from clients_in_order ${tables.map((table) => `positional join ${sqlName(inOrder(table))}`).join(' ')}`;
