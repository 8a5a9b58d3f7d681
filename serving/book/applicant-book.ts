import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import { bookParts, PartViews } from '../../stages/features/book-parts.ts';
import type { RawRow, RawRows } from '../../stages/features/raw-columns.ts';
import { tableColumns } from '../../stages/tables/table-columns.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';
import { placeOf } from './place-of.ts';
import { countRejects, type Rejected, rejectedSchema, type RowCounts } from './rejected.ts';
import { ByteRuns, readDoubles, readWholes, writeNumbers } from './typed-file.ts';

const deflate = promisify(deflateRaw);

/** Clients whose rows are gathered at a time. */
const CLIENTS_AT_ONCE = 4096;
/** The quickest: a sixth of the text is left, and the best level leaves a seventh for three times the time. */
const LEVEL = 1;

const FILES = {
  /** Int32, ascending. */
  ids: 'ids.i32',
  /** Float64, in the order of ids: where somebody's bytes end; they begin where the last one's end. */
  ends: 'ends.f64',
  /** Of each a JSON text, deflated: rows by raw table, a row as its values in the order of the table's columns. */
  rows: 'rows.json.deflate',
  /** JSON: the rows that could not be read, and whose they are. */
  rejected: 'rejected.json',
} as const;

/** A text that JSON lacks numbers for. */
const NON_FINITE: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY };

interface BookOptions {
  /** Parquet of the rows that ingest set aside, each with its table and client; null where there are none. */
  readonly rejects?: string | null;
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Writes the raw tables of a book for look-ups by client: three files, of which a look-up reads one piece. The months of bureau_balance get
 * the client of their loan; those of a loan that bureau lacks are left out. Expects views of the tables, of `paths`.
 */
export async function writeApplicantBook(
  db: DuckDb,
  paths: Readonly<Record<TableName, string>>,
  folder: string,
  { rejects = null, progress = () => {} }: BookOptions = {},
): Promise<void> {
  const parts = await bookParts(db, CLIENTS_AT_ONCE);
  const views = await PartViews.open(db, paths, parts);
  const files = await BookFiles.create(folder);
  // While some are deflated and written, the next are gathered.
  let writing: Promise<void> = Promise.resolve();
  for (const [index, part] of parts.entries()) {
    await views.show(part, index);
    const texts = await textsByClient(db);
    await writing;
    writing = files.append(texts);
    writing.catch(() => {}); // told by who waits for it
    progress(index + 1, parts.length);
  }
  await writing;
  await writeFile(join(folder, FILES.rejected), JSON.stringify(await countRejects(db, rejects)));
}

class BookFiles {
  readonly #folder: string;
  #end = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(folder: string): Promise<BookFiles> {
    await mkdir(folder, { recursive: true });
    for (const name of Object.values(FILES)) await writeNumbers(join(folder, name), new Uint8Array());
    return new BookFiles(folder);
  }

  /** @param texts of clients who all come after those before */
  async append(texts: ReadonlyMap<number, string>): Promise<void> {
    const ids = Int32Array.from(texts.keys()).toSorted();
    const pieces = await Promise.all(Array.from(ids, async (id) => await deflate(`{${texts.get(id) ?? ''}}`, { level: LEVEL })));
    const ends = Float64Array.from(pieces, ({ length }) => (this.#end += length));
    await writeNumbers(join(this.#folder, FILES.ids), ids, 'a');
    await writeNumbers(join(this.#folder, FILES.ends), ends, 'a');
    await writeNumbers(join(this.#folder, FILES.rows), Buffer.concat(pieces), 'a');
  }
}

/** Rows of everybody who applies, by client: members of a JSON object, a table each. */
async function textsByClient(db: DuckDb): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>();
  for (const name of TABLE_NAMES) {
    for (const { client, lines } of await db.all<{ client: number; lines: string }>(rowsQuery(name))) {
      const before = texts.get(client);
      if (before === undefined && !name.startsWith('application_')) continue;
      texts.set(client, `${before === undefined ? '' : `${before},`}"${name}":[${lines}]`);
    }
  }
  return texts;
}

/** A client's rows by their first columns, which are keys and months. */
function rowsQuery(name: TableName): string {
  const columns = Object.entries(tableColumns(name));
  const values = columns.map(([column, type]) => {
    const own = `own.${sqlName(column)}`;
    return type === 'DOUBLE' ? `case when isfinite(${own}) then to_json(${own}) else to_json(${own}::varchar) end` : own;
  });
  const keys = columns.slice(0, 4).map(([column], at) => `own.${sqlName(column)} as key_${at}`);
  const [client, from] =
    name === 'bureau_balance'
      ? ['loan.SK_ID_CURR', 'bureau_balance own join (select distinct SK_ID_CURR, SK_ID_BUREAU from bureau) loan using (SK_ID_BUREAU)']
      : ['own.SK_ID_CURR', `${name} own`];
  return `select client::integer as client, string_agg(line, ',' order by ${keys.map((_, at) => `key_${at}`).join(', ')}, line) as lines
    from (select ${client} as client, ${keys.join(', ')}, json_array(${values.join(', ')})::varchar as line from ${from})
    group by client`;
}

/** The raw rows of single clients, from a folder that {@link writeApplicantBook} has written. Nothing is open between look-ups. */
export class ApplicantBook {
  /** Rows that could not be read: they are nobody's here. */
  readonly rejected: Rejected;
  readonly #ids: Int32Array;
  readonly #ends: Float64Array;
  readonly #rows: string;

  constructor(folder: string) {
    this.#ids = readWholes(join(folder, FILES.ids));
    this.#ends = readDoubles(join(folder, FILES.ends));
    this.#rows = join(folder, FILES.rows);
    this.rejected = rejectedSchema.parse(JSON.parse(readFileSync(join(folder, FILES.rejected), 'utf8')));
  }

  /** How many of a client's rows could not be read, by raw table: they are not among `rows`. */
  setAside(client: number): RowCounts {
    return this.rejected.byClient[client] ?? {};
  }

  /** A client's rows by raw table, as `ApplicantFeatures` takes them; no rows at all for a client who is not in the book. */
  rows(client: number): RawRows {
    const place = placeOf(this.#ids, client);
    if (place === null) return {};
    const from = this.#ends[place - 1] ?? 0;
    using file = new ByteRuns(this.#rows);
    const text = inflateRawSync(file.read(from, (this.#ends[place] ?? from) - from)).toString();
    const tables = JSON.parse(text) as Readonly<Partial<Record<TableName, readonly (readonly (string | number | null)[])[]>>>;
    const rows: Partial<Record<TableName, readonly RawRow[]>> = {};
    for (const name of TABLE_NAMES) rows[name] = (tables[name] ?? []).map((values) => rowOf(name, values));
    return rows;
  }
}

function rowOf(name: TableName, values: readonly (string | number | null)[]): RawRow {
  const row: Record<string, string | number | null> = {};
  for (const [at, { column, isNumber }] of columnsOf(name).entries()) {
    const value = values[at] ?? null;
    row[column] = isNumber && typeof value === 'string' ? (NON_FINITE[value] ?? null) : value;
  }
  return row;
}

type Columns = readonly { readonly column: string; readonly isNumber: boolean }[];
const known = new Map<TableName, Columns>();

function columnsOf(name: TableName): Columns {
  const columns = known.get(name) ?? Object.entries(tableColumns(name)).map(([column, type]) => ({ column, isNumber: type === 'DOUBLE' }));
  known.set(name, columns);
  return columns;
}
