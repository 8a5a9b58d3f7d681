import type { PopulationRecord } from '../../book/population-schema.ts';
import type { ServedModel } from '../served-model.ts';

/** A row's contributions added up by the population's concepts, in its order. */
export function conceptSums({ entries }: ServedModel, values: Float32Array, concepts: PopulationRecord['concepts']): readonly number[] {
  const sums = new Map(concepts.map(({ concept }) => [concept, 0]));
  entries.forEach(({ concept }, column) => sums.set(concept, (sums.get(concept) ?? 0) + (values[column] ?? 0)));
  return concepts.map(({ concept }) => sums.get(concept) ?? 0);
}
