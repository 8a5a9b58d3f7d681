import type { ModelRef } from '../../scorer/worker/model-requests.ts';
import type { TableName } from '../../../stages/tables/table-names.ts';

/** Raw tables that somebody hands in. */
export interface BookSource {
  readonly folder: string;
  readonly tablesDir: string;
  /** Share of a table's rows that may be set aside. */
  readonly rejectTolerance: number;
}

/** What is made for a model over a book, in a process of its own: what it needs of memory is gone with it. */
export interface PrepareOrder {
  readonly projectDir: string;
  readonly threads: number;
  /** Parquet files of the raw tables. */
  readonly raw: Readonly<Record<TableName, string>>;
  /** Parquet of the rows that ingest could not read; null where that is not known. What is made of `source` says so itself. */
  readonly rejects: string | null;
  /** Where `raw` is made of, unless it is there already; null for tables of the store. */
  readonly source: BookSource | null;
  /** Parquet with SK_ID_CURR and TARGET of whom applicants are compared with, those of `learntFrom` left out; null where there are none. */
  readonly outcomes: string | null;
  readonly learntFrom: string | null;
  /** Clients whose loans say what is usual to ask for: of `application_train` those who stand here too, all where it is null. */
  readonly usual: string | null;
  readonly sameRun: boolean;
  readonly model: ModelRef;
  /** Where the raw rows by client go, and the index; a folder that is there already is left alone. */
  readonly bookDir: string;
  readonly indexDir: string;
}

/** A line of the process's standard output; `opening` before anybody knows whether anything has to be made. */
export interface PrepareProgress {
  readonly what: 'opening' | 'book' | 'features' | 'population';
  readonly done: number;
  readonly total: number;
}
