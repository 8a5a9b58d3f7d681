import { join } from 'node:path';
import { DuckDb, type DuckDbOptions, sqlString } from '../../pipeline/index.ts';
import type { TableName } from '../tables/table-names.ts';
import { type BookPart, evenParts, monthsByPart, PartViews } from './book-parts.ts';
import { FeatureBuilder } from './build-features.ts';
import type { FamilyName } from './family-names.ts';
import { tableQuery } from './feature-queries.ts';
import { joinParquet } from './parquet/join-parquet.ts';

export interface BuildInPartsOptions extends DuckDbOptions {
  /** Parquet files of the raw tables, which are views of the database too. */
  readonly paths: Readonly<Record<TableName, string>>;
  readonly families: readonly FamilyName[];
  /** Called before each domain, for progress. */
  readonly onDomain: (done: number, total: number, domain: string) => void;
  readonly clientsAtOnce?: number;
  /** The Parquet file to make: all rows, by SK_ID_CURR. */
  readonly out: string;
}

/** Below this a part spills to disk; so many threads work on parts as have it each. */
const MEMORY_OF_PART_MB = 768;
/** Read once and thrown away. */
const MONTHS_FILE = 'format parquet, compression uncompressed, dictionary_size_limit 1, row_group_size 32768';

/** Makes the features of a book of any size, some clients at a time, and puts the parts' files together without reading a value again. */
export async function buildInParts(db: DuckDb, options: BuildInPartsOptions): Promise<void> {
  const { families, onDomain, tempDir, out } = options;
  const parts = await evenParts(db, options.clientsAtOnce);
  if (parts.length < 2) {
    await new FeatureBuilder(db, families).build((domain, done, total) => onDomain(done, total + 1, domain));
    await db.copyWideToParquet(tableQuery, out);
    return;
  }
  const months = join(tempDir, 'months.parquet');
  await db.run(`copy (${monthsByPart(parts)}) to ${sqlString(months)} (${MONTHS_FILE})`);
  const files = parts.map((_, index) => join(tempDir, `features-${index}.parquet`));
  await makeParts(parts, { ...options, months, files });
  await joinParquet(files, out);
}

interface MakePartsOptions extends BuildInPartsOptions {
  readonly months: string;
  /** A part's file each. */
  readonly files: readonly string[];
}

/**
 * Each thread makes parts of its own, in a database of its own: threads that share a statement wait for each other wherever it comes down
 * to one of them, and DuckDB waits by asking again and again.
 */
async function makeParts(parts: readonly BookPart[], options: MakePartsOptions): Promise<void> {
  const workers = Math.max(1, Math.min(options.threads, parts.length, Math.floor(options.memoryMb / MEMORY_OF_PART_MB)));
  const [left, total] = [[...parts.entries()], { done: 0, failed: false }];
  const work = async (): Promise<void> => {
    using db = await DuckDb.open({ threads: 1, memoryMb: options.memoryMb / workers, tempDir: options.tempDir });
    const views = new PartViews(db, options.paths, `read_parquet(${sqlString(options.months)})`);
    const builder = new FeatureBuilder(db, options.families);
    for (let next = left.shift(); next !== undefined && !total.failed; next = left.shift()) {
      const [index, part] = next;
      await views.show(part, index);
      await builder.build((domain, _, domains) => options.onDomain(total.done++, parts.length * domains + 1, domain));
      await db.copyWideToParquet(tableQuery, options.files[index] ?? '');
    }
  };
  const working = Array.from({ length: workers }, () =>
    work().catch((error: unknown) => {
      total.failed = true;
      throw error;
    }),
  );
  // All have stopped before anybody hears of a failure: their files lie in a folder that is about to go.
  const ends = await Promise.allSettled(working);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
