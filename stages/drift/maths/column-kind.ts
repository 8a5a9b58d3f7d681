import type { EvidentlyMode } from './distinct-table.ts';

/** What the type inference looks at: one part's column, as pandas would hold it after reading the file. */
export interface ColumnFacts {
  /** A DuckDB type, such as BIGINT or VARCHAR. */
  readonly type: string;
  /** Rows with a value (a number that is not finite counts as one). */
  readonly values: number;
  readonly nulls: number;
  readonly distinct: number;
}

export type ColumnKind = 'num' | 'cat' | 'text' | 'other';
export type StorageClass = 'integer' | 'float' | 'string' | 'boolean' | 'other';

const INTEGER = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const FLOAT = /^(FLOAT|DOUBLE|DECIMAL\(.*\))$/;
/** Evidently 0.7 takes integers of at most so many distinct values for categories. */
const CODES = 10;

export function storageClass(type: string): StorageClass {
  if (INTEGER.test(type)) return 'integer';
  if (FLOAT.test(type)) return 'float';
  if (type === 'BOOLEAN') return 'boolean';
  return type === 'VARCHAR' || type.startsWith('ENUM') ? 'string' : 'other';
}

/**
 * The kind that Evidently gives a column. 0.4: numbers are numeric, everything else but dates categorical. 0.7: besides,
 * integers of at most ten distinct values are categorical (pandas reads integers with a null as floats, which stay
 * numeric), and strings of which more than half are distinct are text. Ask 0.4 with the reference's facts, 0.7 with the current part's.
 */
export function columnKind({ type, values, nulls, distinct }: ColumnFacts, mode: EvidentlyMode): ColumnKind {
  const storage = storageClass(type);
  switch (storage) {
    case 'float':
      return 'num';
    case 'integer':
      return mode === '0.7' && nulls === 0 && distinct <= CODES ? 'cat' : 'num';
    case 'boolean':
      return 'cat';
    case 'string':
      return mode === '0.7' && distinct > values * 0.5 ? 'text' : 'cat';
    case 'other':
      return 'other';
  }
}
