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
}

export interface NumericTable {
  readonly kind: 'num';
  /** Ascending, finite, distinct. */
  readonly values: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly nReference: number;
  readonly nCurrent: number;
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
  return { kind: 'cat', levels, reference, current, nReference: total(reference), nCurrent: total(current) };
}

export function numericTable(
  values: Float64Array,
  { reference, current }: Sides,
  precision: NumericTable['precision'] = 'float64',
): NumericTable {
  return { kind: 'num', values, reference, current, nReference: total(reference), nCurrent: total(current), precision };
}

/** A column of numbers taken for categories, as Evidently 0.7 does with integers of few values. @param names what 0, 1, … stand for, where that is known */
export function asLevels(table: NumericTable, names: readonly string[] = []): LevelTable {
  return levelTable(
    Array.from(table.values, (value) => names[value] ?? String(value)),
    table,
  );
}

/** How many distinct values a side has. @param most one more than this is enough to know */
export function distinctOf(counts: Float64Array, most = counts.length): number {
  let distinct = 0;
  for (let at = 0; at < counts.length && distinct <= most; at++) if ((counts[at] ?? 0) > 0) distinct++;
  return distinct;
}

function total(counts: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at++) sum += counts[at] ?? 0;
  return sum;
}
