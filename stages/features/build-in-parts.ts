import type { DuckDb } from '../../pipeline/index.ts';
import type { TableName } from '../tables/table-names.ts';
import { bookParts, PartViews } from './book-parts.ts';
import { buildFeatures } from './build-features.ts';
import type { FamilyName } from './family-names.ts';
import { tableQuery } from './feature-queries.ts';

export interface BuildInPartsOptions {
  /** Parquet files of the raw tables, which are views of the database too. */
  readonly paths: Readonly<Record<TableName, string>>;
  readonly families: readonly FamilyName[];
  /** Called before each group, for progress. */
  readonly onGroup: (done: number, total: number, group: string) => void;
  readonly clientsAtOnce?: number;
}

/** Makes the features of a book of any size, some clients at a time. @returns the query of all rows, by SK_ID_CURR */
export async function buildInParts(db: DuckDb, { paths, families, onGroup, clientsAtOnce }: BuildInPartsOptions): Promise<string> {
  const parts = await bookParts(db, clientsAtOnce);
  if (parts.length < 2) {
    await buildFeatures(db, { families, onGroup: (group, done, total) => onGroup(done, total + 1, group) });
    return tableQuery;
  }
  const views = await PartViews.open(db, paths, parts);
  for (const [index, part] of parts.entries()) {
    await views.show(part, index);
    await buildFeatures(db, {
      families,
      onGroup: (group, done, total) => onGroup(index * (total + 1) + done, parts.length * (total + 1), group),
    });
    const into = index === 0 ? 'create or replace temp table book_features as' : 'insert into book_features';
    await db.run(`${into} select * from all_features`);
  }
  return 'select * from book_features';
}
