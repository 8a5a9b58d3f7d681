import { type DuckDb, messageOf, SluiceError, sqlName, sqlString } from '../../../pipeline/index.ts';
import type { Column } from '../../tables/column.ts';
import type { Table } from '../../tables/table.ts';
import { checkHeader } from '../csv/csv-header.ts';
import { refuseDuplicateClients } from '../duplicate-key.ts';
import type { IngestContext, IngestedTable } from '../ingested-table.ts';
import type { RawFile } from '../raw-file.ts';
import { clip, idIn, type Reject } from '../reject.ts';
import { goodNumberSql, numberFault, strictNumberSql } from '../strict-column.ts';
import { isPastTolerance, tooManyRejects } from '../too-many-rejects.ts';
import { writeTable } from '../write-table.ts';

const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;
const TEXT = /^(?:VARCHAR|ENUM.*)$/;

/**
 * Reads a Parquet file into our own with the declared types. Any numeric type will do for a number as long as the values fit;
 * NaN, which data frames write for a missing value, becomes null. "Line" is the row's number.
 * @throws SluiceError DATA_MALFORMED, DATA_MISSING_COLUMN, DATA_BAD_VALUE, DATA_DUPLICATE_KEY
 */
export async function ingestParquet(context: IngestContext, file: RawFile, table: Table): Promise<IngestedTable> {
  const { db, log, rejectTolerance: tolerance, advice } = context;
  const types = await readTypes(db, file);
  const { extra } = checkHeader(file, table, Object.keys(types));
  if (extra.length > 0) log.warn(`${file.name}: ignoring ${extra.length} column(s) that ${table.name} does not have: ${extra.join(', ')}`);
  for (const [name, column] of Object.entries(table.columns)) checkType(file, name, { column, type: types[name] ?? '' });
  const source = { file, table, types };
  const path = context.outPath(table.name);
  const ingested = await copyParquet(db, source, { path, without: [] }).then(
    (rows): IngestedTable => ({ rows, rejects: [] }),
    async (stop: unknown): Promise<IngestedTable> => {
      const rejects = await findBadRows(db, source);
      const { n } = await db.one<{ n: number }>('select count(*) n from read_parquet($path)', { path: file.path });
      const counted = { rejects, rows: n - rejects.length, tolerance, complete: true, advice };
      if (isPastTolerance(counted)) throw tooManyRejects(file, counted);
      if (rejects.length === 0) throw stop;
      return { rows: await copyParquet(db, source, { path, without: rejects.map(({ line }) => line) }), rejects };
    },
  );
  await refuseDuplicateClients(db, { file, parquetPath: path }, async (column, value) => {
    const rows = await db.all<{ line: number }>(
      `select file_row_number + 1 line from ${read(file)} where ${sqlName(column)} = $value order by 1`,
      { value },
    );
    return rows.map(({ line }) => line);
  });
  return ingested;
}

interface Source {
  readonly file: RawFile;
  readonly table: Table;
  readonly types: Readonly<Record<string, string>>;
}

const read = (file: RawFile): string => `read_parquet(${sqlString(file.path)}, file_row_number = true)`;

async function readTypes(db: DuckDb, file: RawFile): Promise<Readonly<Record<string, string>>> {
  try {
    const columns = await db.all<{ column_name: string; column_type: string }>('describe select * from read_parquet($path)', {
      path: file.path,
    });
    return Object.fromEntries(columns.map(({ column_name, column_type }) => [column_name, column_type]));
  } catch (error) {
    throw new SluiceError('DATA_MALFORMED', `${file.name} is not a readable Parquet file: ${messageOf(error)}`, {
      at: { file: file.path },
      cause: error,
    });
  }
}

function checkType(file: RawFile, name: string, { column, type }: { readonly column: Column; readonly type: string }): void {
  const wanted = column.type === 'VARCHAR' ? TEXT : NUMBER;
  if (wanted.test(type)) return;
  throw new SluiceError(
    'DATA_BAD_VALUE',
    `${file.name}: column ${name} has the type ${type}, ${column.type === 'VARCHAR' ? 'a text (VARCHAR)' : `a number (${column.type})`} is expected`,
    {
      hint: 'Convert the column where the file is written.',
      at: { file: file.path },
    },
  );
}

/** The number in a column, NaN as null. */
function numberIn(name: string, type: string): string {
  const value = `cast(${sqlName(name)} as double)`;
  return type === 'FLOAT' || type === 'DOUBLE' ? `(case when isnan(${value}) then null else ${value} end)` : value;
}

async function copyParquet(
  db: DuckDb,
  { file, table, types }: Source,
  target: { readonly path: string; readonly without: readonly number[] },
): Promise<number> {
  const select = Object.entries(table.columns).map(([name, column]) => {
    const value =
      column.type === 'VARCHAR' ? `cast(${sqlName(name)} as varchar)` : strictNumberSql(column, numberIn(name, types[name] ?? ''));
    return `${value} as ${sqlName(name)}`;
  });
  if (target.without.length === 0) return writeTable(db, table, { select, from: read(file), path: target.path });
  await db.createTable('bad_rows', { line: { type: 'BIGINT', values: [...target.without] } });
  return writeTable(db, table, {
    select,
    from: `(from ${read(file)} where file_row_number + 1 not in (select line from bad_rows))`,
    path: target.path,
  });
}

async function findBadRows(db: DuckDb, { file, table, types }: Source): Promise<readonly Reject[]> {
  const byLine = new Map<number, Reject>();
  const id = (name: string): string => (table.columns[name] === undefined ? 'null' : numberIn(name, types[name] ?? ''));
  for (const [name, column] of Object.entries(table.columns)) {
    if (column.type === 'VARCHAR') continue;
    const value = numberIn(name, types[name] ?? '');
    const bad =
      column.strict === true ? `${value} is null or not (${goodNumberSql(column, value)})` : `not (${goodNumberSql(column, value)})`;
    const rows = await db.all<{ line: number; value: number | null; client: number | null; loan: number | null }>(
      `select file_row_number + 1 line, ${value} as value, ${id('SK_ID_CURR')} as client, ${id('SK_ID_BUREAU')} as loan
        from ${read(file)} where ${bad} order by 1`,
    );
    for (const row of rows) {
      const fault = numberFault(column, row.value) ?? 'is not valid';
      if (!byLine.has(row.line))
        byLine.set(row.line, {
          file: file.name,
          line: row.line,
          column: name,
          value: row.value === null ? null : clip(String(row.value)),
          reason: fault,
          table: table.name,
          client: idIn(row.client),
          loan: idIn(row.loan),
        });
    }
  }
  return [...byLine.values()].toSorted((a, b) => a.line - b.line);
}
