import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import type { FamilyName } from './family-names.ts';
import { cleanedRows, coreQueries } from './feature-queries.ts';
import { groupQueries, neededRows } from './group-queries.ts';

/** Read by more than one query, hence made once: cleaned rows, and the raw tables' features. The planner puts the rest where it is read. */
const SHARED = new Set([
  ...cleanedRows.map(({ table }) => table),
  ...Object.keys(coreQueries).flatMap((name) => (name === 'combined' ? [] : [`${name}_features`])),
]);

/**
 * All features in one statement over the texts that the batch runs: SK_ID_CURR, the index of the group, its columns as a list of FLOAT.
 * One statement, because each costs DuckDB a start; lists, because joining wide rows allocates all columns anew at every step.
 */
export function applicantQuery(families: readonly FamilyName[]): string {
  const lists = groupQueries(families).map(
    ({ table }, index) => `select SK_ID_CURR, ${index} as part, list_value(*columns(* exclude (SK_ID_CURR))) as features
      from (select SK_ID_CURR, feature(columns(* exclude (SK_ID_CURR))) from ${sqlName(table)})`,
  );
  return `${withAll(families)} ${lists.join(' union all ')}`;
}

/** The names of each group's columns, in the order of its list. */
export async function columnsOfGroups(db: DuckDb, families: readonly FamilyName[]): Promise<readonly (readonly string[])[]> {
  const names: string[][] = [];
  for (const { table } of groupQueries(families)) {
    const columns = await db.all<{ column_name: string }>(
      `describe ${withAll(families)} select * exclude (SK_ID_CURR) from ${sqlName(table)}`,
    );
    names.push(columns.map(({ column_name: name }) => name));
  }
  return names;
}

function withAll(families: readonly FamilyName[]): string {
  const groups = groupQueries(families);
  const made = [...neededRows(groups.map(({ query }) => query)), ...groups].map(
    ({ table, query }) => `${sqlName(table)} as ${SHARED.has(table) ? 'materialized ' : ''}(${query})`,
  );
  return `with ${made.join(', ')}`;
}
