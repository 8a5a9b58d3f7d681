import type { CatalogueEntry } from '../../features/catalogue.ts';

/** Names of the columns whose values stand for categories. */
export function categoricalColumns(columns: readonly Pick<CatalogueEntry, 'name' | 'levels'>[]): ReadonlySet<string> {
  return new Set(columns.filter(({ levels }) => levels !== undefined).map(({ name }) => name));
}
