import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDb, type PreparedQuery, sqlString } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { bookParts, PartViews } from './book-parts.ts';
import { OpenedOnce } from './opened-once.ts';
import type { RawRow, RawRows } from './raw-columns.ts';

/** Clients of a folder: DuckDB looks at every row group of a file for each question, 10 µs each, so files stay small. */
const CLIENTS_OF_FOLDER = 4096;
/** Compression would save a third of the space and cost a look-up as much again as it takes. */
const HOW = 'format parquet, compression uncompressed, row_group_size 8192';

/** What DuckDB may take for look-ups of single clients. */
const LOOK_UP_MB = 128;

export interface ApplicantBookOptions {
  readonly threads?: number;
  /** Where DuckDB may spill. */
  readonly tempDir: string;
}

/**
 * Writes the raw tables of a book for look-ups by client: `<first SK_ID_CURR>/<table>.parquet`, sorted by client. The months of
 * bureau_balance get the client of their loan; those of a loan that bureau lacks are left out. Expects views of the tables, of `paths`.
 */
export async function writeApplicantBook(db: DuckDb, paths: Readonly<Record<TableName, string>>, folder: string): Promise<void> {
  const parts = await bookParts(db, CLIENTS_OF_FOLDER);
  const views = await PartViews.open(db, paths, parts);
  for (const [index, part] of parts.entries()) {
    await views.show(part, index);
    await mkdir(join(folder, String(part.from)), { recursive: true });
    for (const name of TABLE_NAMES) {
      const rows =
        name === 'bureau_balance'
          ? 'select own.SK_ID_CURR, months.* from bureau_balance months join (select distinct SK_ID_CURR, SK_ID_BUREAU from bureau) own using (SK_ID_BUREAU)'
          : `select * from ${name}`;
      await db.run(`copy (from (${rows}) order by all) to ${sqlString(join(folder, String(part.from), `${name}.parquet`))} (${HOW})`);
    }
  }
}

/** Folders whose files stay planned, more than a book of 356,000 clients has; their plans take no memory that shows. */
const FOLDERS_KEPT = 128;

/** A folder's files by table, each asked by a statement that is planned once. */
type FolderQueries = Map<TableName, PreparedQuery>;

/** The raw rows of single clients, from a folder that {@link writeApplicantBook} has written. Free it with `using`. */
export class ApplicantBook implements Disposable {
  /** Opened by the first look-up: scores of people of the book need none. */
  readonly #db: OpenedOnce<DuckDb>;
  readonly #folder: string;
  /** First client of each folder, ascending. */
  readonly #starts: readonly number[];
  /** Statements that no look-up is using, by first client; the folder asked last stands last. */
  readonly #idle = new Map<number, FolderQueries>();

  private constructor(db: OpenedOnce<DuckDb>, folder: string, starts: readonly number[]) {
    this.#db = db;
    this.#folder = folder;
    this.#starts = starts;
  }

  static async open(folder: string, { threads = 1, tempDir }: ApplicantBookOptions): Promise<ApplicantBook> {
    const starts = (await readdir(folder)).map(Number).filter(Number.isInteger);
    const open = async (): Promise<DuckDb> => {
      const db = await DuckDb.open({ threads, memoryMb: LOOK_UP_MB, tempDir });
      // Footers are parsed once, not for each look-up: a book is not written over while it is open.
      // Of the rows themselves the system keeps what was read lately; a copy of DuckDB's own would be kept as long as this is open;
      // and what look-ups took goes back to it within seconds.
      await db.run('set parquet_metadata_cache = true; set enable_external_file_cache = false; set allocator_background_threads = true');
      return db;
    };
    return new ApplicantBook(
      new OpenedOnce(open),
      folder,
      starts.toSorted((a, b) => a - b),
    );
  }

  /** A client's rows by raw table, as `ApplicantFeatures` takes them; no rows at all for a client who is not in the book. */
  async rows(client: number): Promise<RawRows> {
    const start = this.#starts.findLast((first) => first <= client);
    if (start === undefined) return {};
    // A statement answers one at a time: whoever comes meanwhile plans its own.
    const queries = this.#idle.get(start) ?? new Map<TableName, PreparedQuery>();
    this.#idle.delete(start);
    try {
      const rows: Partial<Record<TableName, readonly RawRow[]>> = {};
      for (const name of TABLE_NAMES) {
        // A client stands in one of the application tables; their 120 columns are the dearest to ask for.
        if (name === 'application_test' && (rows.application_train?.length ?? 0) > 0) continue;
        const query = queries.get(name) ?? (await this.#plan(start, name));
        queries.set(name, query);
        rows[name] = await query.all<RawRow>({ client });
      }
      return rows;
    } finally {
      this.#keep(start, queries);
    }
  }

  /** Binding a file costs DuckDB twice what reading it does. */
  async #plan(start: number, name: TableName): Promise<PreparedQuery> {
    const columns = name === 'bureau_balance' ? '* exclude (SK_ID_CURR)' : '*';
    const file = sqlString(join(this.#folder, String(start), `${name}.parquet`));
    const db = await this.#db.get();
    return await db.prepare(`select ${columns} from read_parquet(${file}) where SK_ID_CURR = $client`);
  }

  #keep(start: number, queries: FolderQueries): void {
    free(this.#idle.get(start));
    this.#idle.delete(start);
    this.#idle.set(start, queries);
    const [oldest] = this.#idle.keys();
    if (this.#idle.size <= FOLDERS_KEPT || oldest === undefined) return;
    free(this.#idle.get(oldest));
    this.#idle.delete(oldest);
  }

  [Symbol.dispose](): void {
    for (const queries of this.#idle.values()) free(queries);
    this.#db[Symbol.dispose]();
  }
}

function free(queries: FolderQueries = new Map()): void {
  for (const query of queries.values()) query[Symbol.dispose]();
}
