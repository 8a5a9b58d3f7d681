/**
 * What every drift measure here works on: the distinct values of a column, ascending, with how often each occurs in the
 * reference and in the current part. No rows are held; missing and non-finite values are not in it.
 */
export interface LevelTable {
  readonly kind: 'cat';
  readonly levels: readonly string[];
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly nReference: number;
  readonly nCurrent: number;
  readonly distinct: DistinctCounts;
}

/** How many distinct values either side has. */
export interface DistinctCounts {
  readonly reference: number;
  readonly current: number;
}

export interface NumericTable {
  readonly kind: 'num';
  /** Ascending, finite, distinct. */
  readonly values: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly nReference: number;
  readonly nCurrent: number;
  readonly distinct: DistinctCounts;
  /** The precision that NumPy would hold the column in: bin edges and the standard deviation are rounded to it. */
  readonly precision: 'float64' | 'float32' | 'integer';
}

export type DistinctTable = LevelTable | NumericTable;

/** Which Evidently's (and with it which NumPy's) behaviour is followed. */
export type EvidentlyMode = '0.4' | '0.7';

interface Sides {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

export function levelTable(levels: readonly string[], { reference, current }: Sides): LevelTable {
  return { kind: 'cat', levels, reference, current, ...totals(reference, current) };
}

export function numericTable(
  values: Float64Array,
  { reference, current }: Sides,
  precision: NumericTable['precision'] = 'float64',
): NumericTable {
  return { kind: 'num', values, reference, current, ...totals(reference, current), precision };
}

/** A column of numbers taken for categories, as Evidently 0.7 does with integers of few values. @param names what 0, 1, … stand for, where that is known */
export function asLevels(table: NumericTable, names: readonly string[] = []): LevelTable {
  return levelTable(
    Array.from(table.values, (value) => names[value] ?? String(value)),
    table,
  );
}

function totals(reference: Float64Array, current: Float64Array): Pick<NumericTable, 'nReference' | 'nCurrent' | 'distinct'> {
  const [before, after] = [total(reference), total(current)];
  return { nReference: before.rows, nCurrent: after.rows, distinct: { reference: before.distinct, current: after.distinct } };
}

function total(counts: Float64Array): { readonly rows: number; readonly distinct: number } {
  let [rows, distinct] = [0, 0];
  for (let at = 0; at < counts.length; at++) {
    const own = counts[at] ?? 0;
    rows += own;
    if (own > 0) distinct++;
  }
  return { rows, distinct };
}
