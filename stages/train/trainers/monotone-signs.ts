import type { CatalogueEntry } from '../../features/catalogue.ts';

const SIGNS = { raises: 1, lowers: -1, unknown: 0 } as const;

/** What a larger value of each column may do to the margin: 1 only raise, −1 only lower, 0 anything. */
export function monotoneSigns(columns: readonly Pick<CatalogueEntry, 'direction' | 'levels'>[]): readonly (1 | -1 | 0)[] {
  // Categories have no order that a margin could follow.
  return columns.map(({ direction, levels }) => (levels === undefined ? SIGNS[direction] : 0));
}
