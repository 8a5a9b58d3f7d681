import { type DuckDb, sqlName, SluiceError, sqlString } from '../../../pipeline/index.ts';

/** What may stand between two fields. */
const SEPARATORS = [',', ';', '\t', '|'] as const;

/**
 * Reads CSV files as the one table `as`; types are those of all values.
 * @throws SluiceError NATIVE_DUCKDB, with the line, for a row of another number of fields than the header has
 */
export async function readCsv(db: DuckDb, as: string, files: readonly string[]): Promise<void> {
  await db.run(`create or replace table ${sqlName(as)} as select * from ${sniffed(files)}`);
  const columns = await db.all<Column>(`describe ${sqlName(as)}`);
  if (columns.some(({ column_name: name }) => separatorIn(name) !== null)) await refuseRaggedRows(db, files);
  await readInfinities(db, as, columns);
}

// An interface would lack the index signature that rows have.
type Column = { readonly column_name: string; readonly column_type: string };

function sniffed(files: readonly string[]): string {
  return `read_csv([${files.map(sqlString).join(', ')}], union_by_name = true, sample_size = -1, header = true)`;
}

/**
 * Where rows differ in their number of fields, DuckDB takes a file for one column of whole lines, called by the whole header: two such parts would
 * compare as texts, in order. Read by the header it is told which line is at fault.
 */
async function refuseRaggedRows(db: DuckDb, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const [first, ...others] = await db.all<Column>(`describe select * from ${sniffed([file])}`);
    const separator = first === undefined || others.length > 0 ? null : separatorIn(first.column_name);
    if (first === undefined || separator === null) continue;
    const texts = first.column_name.split(separator).map((_, at) => `'c${at}': 'VARCHAR'`);
    await db.run(
      `select count(*) from read_csv(${sqlString(file)}, auto_detect = false, header = true, delim = ${sqlString(separator)},
        quote = '"', escape = '"', columns = {${texts.join(', ')}})`,
    );
    throw new SluiceError('NATIVE_DUCKDB', `DuckDB: its header has ${texts.length} fields, its rows have not`);
  }
}

function separatorIn(name: string): string | null {
  const counts = SEPARATORS.map((separator) => name.split(separator).length);
  const most = Math.max(...counts);
  return most === 1 ? null : (SEPARATORS[counts.indexOf(most)] ?? null);
}

/** Numbers among which "inf" stands, as pandas writes it, are a text to DuckDB's reader, and nothing but "inf" a date. */
async function readInfinities(db: DuckDb, as: string, columns: readonly Column[]): Promise<void> {
  const doubtful = columns.filter(({ column_type: type }) => type === 'VARCHAR' || type === 'DATE' || type.startsWith('TIMESTAMP'));
  if (doubtful.length === 0) return;
  const counts = doubtful.map(({ column_name: name }, at) => {
    const number = `try_cast(${sqlName(name)}::varchar as double)`;
    return `count(${sqlName(name)}) = count(${number}) and bool_or(isinf(${number})) as c${at}`;
  });
  const found = await db.one<Record<string, boolean | null>>(`select ${counts.join(', ')} from ${sqlName(as)}`);
  for (const [at, { column_name: name }] of doubtful.entries())
    if (found[`c${at}`] === true)
      await db.run(`alter table ${sqlName(as)} alter ${sqlName(name)} set data type double using ${sqlName(name)}::varchar::double`);
}
