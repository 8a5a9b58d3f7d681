import type { CatalogueEntry } from '../catalogue.ts';
import { type Row, type Shared, type Sign, rows } from './row.ts';
import { STATISTICS, SUBSETS, type Statistic, type Subset } from './words.ts';

/** How a column is aggregated, over all rows or over some: `mean`, `max active`. */
export type Aggregate = Statistic | `${Statistic} ${Subset}`;

/** One quantity of a table's rows and the features that aggregate it. */
export interface Family {
  /** The column or the expression over columns. */
  readonly of: string;
  readonly en: string;
  readonly fr: string;
  readonly sign: Sign;
  /** Feature name to aggregate. */
  readonly features: Readonly<Record<string, Aggregate>>;
}

/** Entries of aggregated features: every text is put together of quantity, statistic and subset. */
export function families(shared: Shared, list: readonly Family[]): CatalogueEntry[] {
  return rows(
    shared,
    list.flatMap((family) => Object.entries(family.features).map(([name, aggregate]) => toRow(family, name, aggregate))),
  );
}

function toRow({ of, en, fr, sign }: Family, name: string, aggregate: Aggregate): Row {
  const [statistic, subset] = splitAggregate(aggregate);
  const { en: statisticEn, fr: statisticFr } = STATISTICS[statistic];
  if (subset === undefined) return [name, `${statistic} of ${of} over all rows`, `${en}: ${statisticEn}`, `${fr} : ${statisticFr}`, sign];
  const { en: subsetEn, fr: subsetFr } = SUBSETS[subset];
  return [name, `${statistic} of ${of}, ${subsetEn}`, `${en}: ${statisticEn}, ${subsetEn}`, `${fr} : ${statisticFr}, ${subsetFr}`, sign];
}

function splitAggregate(aggregate: Aggregate): readonly [Statistic, Subset | undefined] {
  const [statistic = '', subset = ''] = aggregate.split(' ');
  if (!isStatistic(statistic)) throw new TypeError(`"${aggregate}" does not begin with a statistic`);
  return [statistic, isSubset(subset) ? subset : undefined];
}

const isStatistic = (word: string): word is Statistic => Object.hasOwn(STATISTICS, word);
const isSubset = (word: string): word is Subset => Object.hasOwn(SUBSETS, word);
