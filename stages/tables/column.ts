/** Types that raw columns have; ids fit in 32 bits, a text is a category. */
export type RawType = 'INTEGER' | 'TINYINT' | 'DOUBLE' | 'VARCHAR';

/** What a raw column may hold. Ingest enforces the type, and the rest where `strict` is set; validate checks all of it. */
export interface Column {
  readonly type: RawType;
  readonly nullable: boolean;
  /** A null or a value out of range makes the row a bad one: ids and the label, without which a row means nothing. */
  readonly strict?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** A value that stands for "not known" and lies outside the range on purpose. */
  readonly sentinel?: number;
  /** The closed set of a category's values, where it is one. */
  readonly levels?: readonly string[];
}

/** Kaggle's "no such day" in DAYS_ columns: a thousand years ahead. */
export const UNKNOWN_DAY = 365_243;

/** 120 years: the furthest that a day counted from the application may lie. */
export const OLDEST_DAY = -43_830;

type NumberOptions = Partial<Pick<Column, 'min' | 'max' | 'sentinel' | 'nullable'>>;

export const id = (): Column => ({ type: 'INTEGER', nullable: false, min: 1, strict: true });
export const label = (): Column => ({ type: 'TINYINT', nullable: false, min: 0, max: 1, strict: true });
export const flag = (): Column => ({ type: 'TINYINT', nullable: false, min: 0, max: 1 });
export const integer = (options: NumberOptions = {}): Column => ({ type: 'INTEGER', nullable: false, ...options });
export const real = (options: NumberOptions = {}): Column => ({ type: 'DOUBLE', nullable: false, ...options });
export const text = (levels: readonly string[], options: { readonly nullable?: boolean } = {}): Column => ({
  type: 'VARCHAR',
  nullable: false,
  levels,
  ...options,
});
