import type { Column } from './column.ts';
import type { TableName } from './table-names.ts';

/** Rows whose `column` is in none of `tables` are orphans. */
export interface Parent {
  readonly column: string;
  readonly tables: readonly TableName[];
  /** Share of the parents that have rows here in Kaggle's full data: tells surplus rows from a table of other clients. */
  readonly usualCoverage: number;
}

/** A raw table as Kaggle publishes it. */
export interface Table {
  readonly name: TableName;
  /** Columns that together are unique; empty where Kaggle promises no key. */
  readonly key: readonly string[];
  /** Order of the rows that ingest writes; ties are broken by the rest of the row. */
  readonly sort: readonly string[];
  readonly parents: readonly Parent[];
  /** In Kaggle's order. */
  readonly columns: Readonly<Record<string, Column>>;
}
