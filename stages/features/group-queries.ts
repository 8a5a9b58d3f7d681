import { CHOSEN_FAMILIES, FAMILY_NAMES, type FamilyName } from './family-names.ts';
import { cleanedRows, coreQueries, familyQueries } from './feature-queries.ts';

type GroupName = keyof typeof coreQueries | FamilyName;

export interface GroupQuery {
  readonly group: GroupName;
  /** Name of the table that holds its features. */
  readonly table: string;
  readonly query: string;
  /** Whether other groups read its features, which are then not rounded to Float32 yet. */
  readonly readByOthers: boolean;
}

/** The core's queries and those of the families, in the order in which their columns stand in the feature table. */
export function groupQueries(families: readonly FamilyName[]): readonly GroupQuery[] {
  const wanted = [...FAMILY_NAMES, ...CHOSEN_FAMILIES]
    .filter((name) => families.includes(name))
    .map((name) => groupOf(name, familyQueries[name], false));
  return [...CORE_NAMES.map((name) => groupOf(name, coreQueries[name], name !== 'combined')), ...wanted];
}

const CORE_NAMES = [
  'application',
  'bureau',
  'bureau_balance',
  'previous_application',
  'pos_cash',
  'installments',
  'credit_card',
  'combined',
] as const satisfies readonly (keyof typeof coreQueries)[];

const groupOf = (group: GroupName, query: string, readByOthers: boolean): GroupQuery => ({
  group,
  table: `${group}_features`,
  query,
  readByOthers,
});

/** The cleaned tables that the queries read, or that a table read by them reads, in their order. */
export function neededRows(queries: readonly string[]): typeof cleanedRows {
  const texts = [...queries];
  return cleanedRows
    .toReversed()
    .filter(({ table, query }) => texts.some((text) => text.includes(table)) && texts.push(query) > 0)
    .toReversed();
}
