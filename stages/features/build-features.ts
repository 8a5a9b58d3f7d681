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
  for (const { table, statement } of neededRows(groups)) {
    onGroup(table, 0, groups.length);
    await db.run(statement);
  }
  for (const [index, { group, table, query }] of groups.entries()) {
    onGroup(group, index, groups.length);
    await db.run(`create or replace temp table ${sqlName(table)} as ${query}`);
  }
  await db.run(joinOf(groups.map(({ table }) => table)));
}

/** Each group is made Float32 by itself: one query over all of them takes DuckDB three times as long to plan. */
function joinOf(tables: readonly string[]): string {
  const joins = tables.map(
    (table) =>
      `left join (select SK_ID_CURR, feature(columns(* exclude (SK_ID_CURR))) from ${sqlName(table)}) ${sqlName(table)} using (SK_ID_CURR)`,
  );
  return `create or replace temp view all_features as
    select clients.SK_ID_CURR, clients.TARGET, clients.part, * exclude (SK_ID_CURR, TARGET, part)
    from (select SK_ID_CURR, TARGET, part from application) clients ${joins.join(' ')}`;
}
