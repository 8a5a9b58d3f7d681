import type { CatalogueEntry } from '../catalogue.ts';
import { type Shared, type Sign, rows } from './row.ts';
import type { Phrase } from './words.ts';

/** A quantity of a table's rows: formula over raw columns, English, French, sign. */
export type Quantity = readonly [of: string, en: string, fr: string, sign: Sign];

export interface Grid extends Shared {
  /** What every name begins with, such as `bureau`. */
  readonly prefix: string;
  /** Unit of windows such as `last12`. */
  readonly unit: 'days' | 'months';
  readonly quantities: Readonly<Record<string, Quantity>>;
  /** Subset of rows ('' for all), then suffix of the name, then the quantities: the lines of the SQL, one by one. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Suffixes of names. `share` is of rows where the quantity holds. */
const SUFFIXES: Readonly<Record<string, Phrase & { readonly formula: string; readonly unsigned?: boolean }>> = {
  min: { formula: 'smallest', en: 'smallest', fr: 'minimum' },
  max: { formula: 'largest', en: 'largest', fr: 'maximum' },
  mean: { formula: 'mean', en: 'mean', fr: 'moyenne' },
  sum: { formula: 'sum', en: 'total', fr: 'total' },
  var: { formula: 'sample variance', en: 'variance', fr: 'variance', unsigned: true },
  value: { formula: 'value', en: 'value', fr: 'valeur' },
  share: { formula: 'share of rows', en: 'share', fr: 'part' },
  count: { formula: 'count of rows', en: 'count', fr: 'nombre' },
  slope: { formula: 'least-squares slope, oldest to newest,', en: 'trend', fr: 'tendance' },
};

const SUBSETS: Readonly<Record<string, Phrase>> = {
  active: { en: 'active credits', fr: 'crédits en cours' },
  closed: { en: 'closed credits', fr: 'crédits clos' },
  consumer: { en: 'consumer loans', fr: 'crédits à la consommation' },
  cash: { en: 'cash loans', fr: 'prêts personnels' },
  cards: { en: 'credit cards', fr: 'cartes de crédit' },
  mortgage: { en: 'mortgages', fr: 'crédits immobiliers' },
  car: { en: 'car loans', fr: 'crédits automobiles' },
  microloan: { en: 'microloans', fr: 'microcrédits' },
  approved: { en: 'approved applications', fr: 'demandes acceptées' },
  refused: { en: 'refused applications', fr: 'demandes refusées' },
  running: { en: 'loans still running', fr: 'prêts en cours' },
  unpaid: { en: 'loans not paid in full so far', fr: 'prêts non payés en totalité' },
  latest: { en: 'the most recent', fr: 'le plus récent' },
  latest_loan: { en: 'the most recent loan', fr: 'le prêt le plus récent' },
  first: { en: 'the first', fr: 'le premier' },
  first4: { en: 'instalments 1 to 4 of each loan', fr: 'échéances 1 à 4 de chaque prêt' },
};

/** Entries of features that are made as a grid: every text is put together of quantity, suffix and subset. */
export function grid({ prefix, unit, quantities, cells, ...shared }: Grid): CatalogueEntry[] {
  return Object.entries(cells).flatMap(([subset, suffixes]) =>
    Object.entries(suffixes).flatMap(([suffix, names]) =>
      names.split(' ').flatMap((name) => {
        const quantity = quantities[name];
        if (quantity === undefined) throw new TypeError(`no quantity "${name}" in the grid of ${prefix}`);
        const words = cell(quantity, suffix, subset === '' ? null : phraseOf(subset, unit));
        const full = [prefix, subset, name, suffix].filter((part) => part !== '').join('_');
        return rows(shared, [[full, ...words]]);
      }),
    ),
  );
}

function cell([of, en, fr, sign]: Quantity, suffix: string, subset: Phrase | null): readonly [string, string, string, Sign] {
  const statistic = SUFFIXES[suffix];
  if (statistic === undefined) throw new TypeError(`"${suffix}" is no suffix of a feature`);
  const formula = `${statistic.formula} of ${of}, ${subset?.en ?? 'all rows'}`;
  const tail = (language: 'en' | 'fr'): string => (subset === null ? '' : `, ${subset[language]}`);
  const direction = statistic.unsigned === true ? '?' : sign;
  return [formula, `${en}: ${statistic.en}${tail('en')}`, `${fr} : ${statistic.fr}${tail('fr')}`, direction];
}

function phraseOf(subset: string, unit: Grid['unit']): Phrase {
  const known = SUBSETS[subset];
  if (known !== undefined) return known;
  const [, kind, count] = /^(last|latest)(\d+)$/.exec(subset) ?? [];
  if (count === undefined) throw new TypeError(`"${subset}" is no subset of rows`);
  if (kind === 'latest') return { en: `${count} most recent`, fr: `${count} plus récents` };
  return unit === 'days'
    ? { en: `last ${count} days`, fr: `${count} derniers jours` }
    : { en: `last ${count} months`, fr: `${count} derniers mois` };
}
