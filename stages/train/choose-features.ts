import { SluiceError } from '../../pipeline/index.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import { TAKE_CATEGORIES, type TrainParams } from './params.ts';

export interface ChosenFeatures {
  readonly used: readonly string[];
  /** Left out: sex and age. */
  readonly prohibited: readonly string[];
  /** Left out: columns of categories, where the trainer can only take a value for a quantity. */
  readonly categories: readonly string[];
  /** Catalogue entries of the columns used, and of all columns that the trainer can take, in their order. */
  readonly entries: readonly CatalogueEntry[];
  readonly all: readonly CatalogueEntry[];
}

/**
 * The columns to train on, in file order: all but those that the catalogue says are prohibited, or that the trainer cannot take.
 * @throws SluiceError ARTIFACT_SCHEMA for a column without an entry: nobody has said whether it may be used
 */
export function chooseFeatures(
  columns: readonly string[],
  catalogue: readonly CatalogueEntry[],
  { useProhibited, trainer }: Pick<TrainParams, 'useProhibited' | 'trainer'>,
): ChosenFeatures {
  const known = new Map(catalogue.map((entry) => [entry.name, entry]));
  const described = columns.map((column) => known.get(column)).filter((entry) => entry !== undefined);
  const all = described.filter(({ levels }) => levels === undefined || TAKE_CATEGORIES.has(trainer));
  const unknown = columns.filter((column) => !known.has(column));
  if (unknown.length > 0) {
    throw new SluiceError(
      'ARTIFACT_SCHEMA',
      `${unknown.length} feature columns have no entry in the catalogue: ${unknown.slice(0, 10).join(', ')}`,
      {
        hint: 'Describe each column in stages/features/catalogue, and say whether it is prohibited.',
      },
    );
  }
  const entries = all.filter(({ prohibited }) => useProhibited || !prohibited);
  if (entries.length === 0) throw new SluiceError('DATA_MISSING_COLUMN', 'the development table has no feature column that may be used');
  const used = entries.map(({ name }) => name);
  const prohibited = all.filter((entry) => !entries.includes(entry)).map(({ name }) => name);
  const categories = described.filter((entry) => !all.includes(entry)).map(({ name }) => name);
  return { used, prohibited, categories, entries, all };
}
