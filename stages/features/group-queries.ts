import { CHOSEN_FAMILIES, FAMILY_NAMES, type FamilyName } from './family-names.ts';
import { cleanedRows, coreQueries, familyQueries } from './feature-queries.ts';

export interface GroupQuery {
  readonly group: string;
  /** Name of the table that holds its features. */
  readonly table: string;
  readonly query: string;
}

/** The core's queries and those of the families, in the order in which their columns stand in the feature table. */
export function groupQueries(families: readonly FamilyName[]): readonly GroupQuery[] {
  const wanted = [...FAMILY_NAMES, ...CHOSEN_FAMILIES]
    .filter((name) => families.includes(name))
    .map((name) => [name, familyQueries[name]] as const);
  return [...Object.entries(coreQueries), ...wanted].map(([group, query]) => ({ group, table: `${group}_features`, query }));
}

/** The cleaned tables that the queries read, or that a table read by them reads, in their order. */
export function neededRows(queries: readonly string[]): typeof cleanedRows {
  const texts = [...queries];
  return cleanedRows
    .toReversed()
    .filter(({ table, query }) => texts.some((text) => text.includes(table)) && texts.push(query) > 0)
    .toReversed();
}
