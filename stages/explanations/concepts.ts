import type { CatalogueEntry } from '../features/catalogue.ts';

export interface ConceptSum {
  readonly concept: string;
  /** Sum of its features' contributions, in log-odds: concepts add up to what the features add up to. */
  readonly sum: number;
}

/** Concept of each column; "other" for a feature that the catalogue does not know. */
export function conceptsOf(columns: readonly string[], catalogue: readonly CatalogueEntry[]): readonly string[] {
  const concepts = new Map(catalogue.map(({ name, concept }) => [name, concept]));
  return columns.map((name) => concepts.get(name) ?? 'other');
}

/** Contributions of one row added up by concept, largest in size first. @param concepts one a column */
export function sumByConcept(concepts: readonly string[], contributions: ArrayLike<number>): readonly ConceptSum[] {
  const sums = new Map<string, number>();
  concepts.forEach((concept, column) => sums.set(concept, (sums.get(concept) ?? 0) + (contributions[column] ?? Number.NaN)));
  return [...sums]
    .map(([concept, sum]) => ({ concept, sum }))
    .toSorted((left, right) => Math.abs(right.sum) - Math.abs(left.sum) || (left.concept < right.concept ? -1 : 1));
}
