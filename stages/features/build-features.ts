import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import { FAMILY_NAMES, type FamilyName } from './family-names.ts';
import { cleanedRows, coreQueries, familyQueries, preparation } from './feature-queries.ts';

export interface BuildOptions {
  /** Families to make beside the core; all by default. */
  readonly families?: readonly FamilyName[];
  /** Called before each group, for progress. */
  readonly onGroup?: (group: string, done: number, total: number) => void;
}

/**
 * Makes the temporary view `all_features` (SK_ID_CURR, TARGET, part, features) from views or tables named as the eight raw tables.
 * Serves the whole book and one applicant alike: a client's features depend on that client's rows only.
 */
export async function buildFeatures(db: DuckDb, { families = FAMILY_NAMES, onGroup = () => {} }: BuildOptions = {}): Promise<void> {
  const wanted = FAMILY_NAMES.filter((name) => families.includes(name));
  const queries = [...Object.entries(coreQueries), ...wanted.map((name) => [name, familyQueries[name]] as const)];
  for (const statement of preparation) await db.run(statement);
  for (const { table, statement } of neededRows(queries.map(([, query]) => query))) {
    onGroup(table, 0, queries.length);
    await db.run(statement);
  }
  for (const [index, [group, query]] of queries.entries()) {
    onGroup(group, index, queries.length);
    await db.run(`create or replace temp table ${sqlName(`${group}_features`)} as ${query}`);
  }
  await db.run(joinOf(queries.map(([group]) => `${group}_features`)));
}

/** The cleaned tables that the queries read, or that a table read by them reads. */
function neededRows(queries: readonly string[]): readonly (typeof cleanedRows)[number][] {
  const texts = [...queries];
  return cleanedRows
    .toReversed()
    .filter(({ table, statement }) => texts.some((text) => text.includes(table)) && texts.push(statement) > 0)
    .toReversed();
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
