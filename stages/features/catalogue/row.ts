import type { CatalogueEntry } from '../catalogue.ts';

/** What a larger value is expected to do to the probability of default: raise it, lower it, not known. */
export type Sign = '+' | '-' | '?';

/** One feature: name, formula, English text, French text, sign. */
export type Row = readonly [name: string, formula: string, en: string, fr: string, sign: Sign];

/** What the features of a group share. */
export type Shared = Pick<CatalogueEntry, 'table' | 'concept'> & Partial<Pick<CatalogueEntry, 'prohibited' | 'changeable'>>;

const DIRECTIONS = { '+': 'raises', '-': 'lowers', '?': 'unknown' } as const satisfies Record<Sign, CatalogueEntry['direction']>;

/** Entries of features that are described one by one. */
export function rows(shared: Shared, list: readonly Row[]): CatalogueEntry[] {
  return list.map(([name, formula, en, fr, sign]) => ({
    name,
    table: shared.table,
    formula,
    concept: shared.concept,
    en,
    fr,
    direction: DIRECTIONS[sign],
    prohibited: shared.prohibited ?? false,
    changeable: shared.changeable ?? false,
  }));
}
