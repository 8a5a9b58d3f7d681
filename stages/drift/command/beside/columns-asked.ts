import type { CompareOptions } from '../../compare-parts.ts';
import type { DatabaseOptions } from '../open-database.ts';

/** One part, as another thread can read it. */
export interface PartAsked {
  readonly rows: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly parquet: readonly string[];
}

/** What a thread needs to compare the columns of two parts: plain data. */
export interface ColumnsAsked extends DatabaseOptions {
  readonly reference: PartAsked;
  readonly current: PartAsked;
  readonly options: Pick<CompareOptions, 'mode' | 'ignore' | 'categories'>;
}
