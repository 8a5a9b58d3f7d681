import type { ModelRef } from '../../scorer/worker/model-requests.ts';
import type { TableName } from '../../../stages/tables/table-names.ts';

/** What is made for a model over a book, in a process of its own: what it needs of memory is gone with it. */
export interface PrepareOrder {
  readonly projectDir: string;
  readonly threads: number;
  /** Parquet files of the raw tables. */
  readonly raw: Readonly<Record<TableName, string>>;
  /** `encode.holdout` and `encode.development`; null where there is none to compare with. */
  readonly holdout: string | null;
  readonly development: string | null;
  readonly sameRun: boolean;
  readonly model: ModelRef;
  /** Where the raw rows by client go, and the index; a folder that is there already is left alone. */
  readonly bookDir: string;
  readonly indexDir: string;
}

/** A line of the process's standard output. */
export interface PrepareProgress {
  readonly what: 'book' | 'features' | 'population';
  readonly done: number;
  readonly total: number;
}
