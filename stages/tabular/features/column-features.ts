import { assertNever, sqlName, sqlString } from '../../../pipeline/index.ts';
import type { CatalogueEntry } from '../../features/catalogue.ts';
import type { Dataset, DatasetColumn } from '../dataset-section.ts';

export interface Feature {
  readonly entry: CatalogueEntry;
  /** An expression over the ingested table; null where the value is not known, never infinite. */
  readonly sql: string;
}

/** The features of every declared column, in the order of the declaration. */
export function datasetFeatures({ name: table, columns }: Dataset, categories: 'columns' | 'codes' = 'columns'): readonly Feature[] {
  const made = Object.entries(columns).flatMap(([name, column]) =>
    column.kind === 'category' && categories === 'codes' ? [codedCategory(name, column)] : columnFeatures(name, column),
  );
  return made.map(({ sql, ...entry }) => ({ sql, entry: { table, ...entry } }));
}

type Made = Omit<CatalogueEntry, 'table'> & { readonly sql: string };

function columnFeatures(name: string, column: DatasetColumn): readonly Made[] {
  const { en, fr, concept, prohibited, changeable } = column;
  const value = sqlName(name);
  const common = { concept, prohibited, changeable };
  switch (column.kind) {
    case 'number':
      return [{ ...common, name, en, fr, direction: column.direction, formula: name, sql: `if(isfinite(${value}), ${value}, null)` }];
    case 'ordinal': {
      const formula = `place of ${name} in: ${column.levels.map((level) => labelOf(column, level)).join(' < ')}`;
      return [{ ...common, name, en, fr, direction: column.direction, formula, sql: placeOf(name, column.levels) }];
    }
    case 'category': {
      const names = levelNames(name, column);
      return column.levels.map((level, index) => ({
        ...common,
        name: names[index] ?? name,
        en: `${en}: ${labelOf(column, level)}`,
        fr: `${fr} : ${labelOf(column, level)}`,
        direction: 'unknown' as const,
        formula: `1 where ${name} is "${level}", otherwise 0; null where it is not known`,
        sql: `case when ${value} is null then null when ${value} = ${sqlString(level)} then 1 else 0 end`,
      }));
    }
    default:
      return assertNever(column.kind);
  }
}

/** One column whose value is the place of the level; null for a level that is not declared. */
function codedCategory(name: string, column: DatasetColumn): Made {
  const { en, fr, concept, prohibited, changeable } = column;
  const levels = column.levels.map((level) => labelOf(column, level));
  const formula = `place of ${name} among its levels, from 0`;
  return { name, en, fr, concept, prohibited, changeable, direction: 'unknown', formula, levels, sql: placeOf(name, column.levels) };
}

const placeOf = (name: string, levels: readonly string[]): string =>
  `case ${sqlName(name)} ${levels.map((level, place) => `when ${sqlString(level)} then ${place}`).join(' ')} end`;

const labelOf = ({ labels }: DatasetColumn, level: string): string => labels[level] ?? level;

/** `purpose__furniture`: lower case letters, digits and underscores; a second level of the same letters takes its place in the list. */
function levelNames(name: string, column: DatasetColumn): readonly string[] {
  const slugs = column.levels.map((level) =>
    labelOf(column, level)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, ''),
  );
  return slugs.map((slug, place) => `${name}__${slug === '' || slugs.indexOf(slug) < place ? `${slug}${place}` : slug}`);
}
