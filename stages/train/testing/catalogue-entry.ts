import type { CatalogueEntry } from '../../features/catalogue.ts';

/** A column of which nothing matters but its name, and what is said in `more`. */
export function catalogueEntry(name: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    name,
    table: 't',
    formula: name,
    concept: 'c',
    en: name,
    fr: name,
    direction: 'unknown',
    prohibited: false,
    changeable: false,
    ...more,
  };
}
