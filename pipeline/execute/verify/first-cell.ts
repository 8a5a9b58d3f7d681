import { DuckDb } from '../../native/duckdb/duckdb.ts';
import { sqlName, sqlString } from '../../native/duckdb/literals.ts';

interface Table {
  readonly path: string;
  readonly columns: ReadonlyMap<string, string>;
  readonly rows: number;
}

/** Where two tables part ways, in words: columns, then the first row and in it the first column; null where all values are the same. */
export async function firstCell(before: string, after: string, tempDir: string): Promise<string | null> {
  using db = await DuckDb.open({ threads: 1, memoryMb: 1024, tempDir });
  const [one, other] = [await describe(db, before), await describe(db, after)];
  const column = columnDifference(one, other);
  if (column !== null) return column;
  const rows = one.rows === other.rows ? '' : `${one.rows} → ${other.rows} rows; `;
  const cell = await differingCell(db, one, other);
  if (cell !== null) return `${rows}row ${cell.row + 1}, column ${cell.column}: ${cell.before} → ${cell.after}`;
  return rows === '' ? null : `${rows}the first ${Math.min(one.rows, other.rows)} are the same`;
}

async function describe(db: DuckDb, path: string): Promise<Table> {
  const described = await db.all<{ column_name: string; column_type: string }>('describe select * from read_parquet($path)', { path });
  const { rows } = await db.one<{ rows: number }>('select count(*) as rows from read_parquet($path)', { path });
  return { path, rows, columns: new Map(described.map((column) => [column.column_name, column.column_type])) };
}

function columnDifference(one: Table, other: Table): string | null {
  for (const [name, type] of one.columns) {
    const now = other.columns.get(name);
    if (now !== type) return `column ${name}: ${type} → ${now ?? 'gone'}`;
  }
  const added = [...other.columns.keys()].find((name) => !one.columns.has(name));
  if (added !== undefined) return `column ${added} is new`;
  const [before, after] = [[...one.columns.keys()], [...other.columns.keys()]];
  const moved = before.findIndex((name, index) => name !== after[index]);
  return moved < 0 ? null : `column ${moved + 1}: ${before[moved]} → ${after[moved]}`;
}

interface Cell {
  readonly row: number;
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

async function differingCell(db: DuckDb, one: Table, other: Table): Promise<Cell | null> {
  const names = [...one.columns.keys()];
  for (const [view, { path }] of [
    ['one', one],
    ['other', other],
  ] as const) {
    await db.run(`create view ${sqlName(view)} as select * from read_parquet(${sqlString(path)}, file_row_number = true)`);
  }
  // Names of columns may hold anything: they come back as c0, c1, …
  const firsts = names.map(
    (name, index) => `min(case when a.${sqlName(name)} is distinct from b.${sqlName(name)} then a.file_row_number end) as c${index}`,
  );
  const found = await db.one(`select ${firsts.join(', ')} from one a join other b on a.file_row_number = b.file_row_number`);
  const cells = names.flatMap((column, index) =>
    typeof found[`c${index}`] === 'number' ? [{ column, row: Number(found[`c${index}`]) }] : [],
  );
  const [first] = cells.toSorted((a, b) => a.row - b.row);
  if (first === undefined) return null;
  const value = `${sqlName(first.column)}::varchar`;
  const shown = await db.one<{ before: string | null; after: string | null }>(
    `select (select ${value} from one where file_row_number = $row) as before, (select ${value} from other where file_row_number = $row) as after`,
    { row: first.row },
  );
  return { ...first, before: show(shown.before), after: show(shown.after) };
}

function show(value: string | null): string {
  return value === null ? 'null' : value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
