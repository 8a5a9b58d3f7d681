import { type DuckDb, sqlName, sqlString } from '../../../pipeline/index.ts';
import type { StorageClass } from '../maths/column-kind.ts';
import { type DistinctTable, levelTable, numericTable, type NumericTable } from '../maths/distinct-table.ts';
import { PROFILE_ROWS } from '../profile/read-profile.ts';
import levelsSql from './distinct-levels.sql';
import finiteSql from './finite-values.sql';
import { sortNumbers } from './sort-numbers.ts';
import { mergeSorted } from './merge-sorted.ts';
import { NumberBuffers } from './number-buffers.ts';
import numbersSql from './distinct-numbers.sql';

/** Views that the scan reads rows from. */
export const REFERENCE_ROWS = 'reference_rows';
export const CURRENT_ROWS = 'current_rows';

export interface ColumnScan {
  readonly table: DistinctTable;
  /** Rows with no usable value: null, NaN or infinite. */
  readonly missing: { readonly reference: number; readonly current: number };
}

export interface ColumnTypes {
  readonly name: string;
  /** DuckDB types and their classes on either side; the classes must be comparable. */
  readonly reference: { readonly type: string; readonly storage: StorageClass };
  readonly current: { readonly type: string; readonly storage: StorageClass };
}

/** Where the reference's counts come from: its rows, or a profile of them. */
export type ReferenceForm = 'rows' | 'profile';

export interface ScanOptions {
  readonly form: ReferenceForm;
  /** Of either part where they are known: a column of fractions is then sorted here instead of grouped by DuckDB, up to {@link SORTED_ROWS}. */
  readonly rows?: { readonly reference: number; readonly current: number };
  /** Shared by columns that are counted one after the other. */
  readonly buffers?: NumberBuffers;
  /** Which of the columns in hand this is: no two that are read and not counted yet have the same. */
  readonly turn?: number;
}

/** A column of fractions has about as many values as rows: sorting them takes a third of the time of grouping, and eight bytes a row. */
const SORTED_ROWS = 4_000_000;

/** What DuckDB has read of a column, counted when asked: in buffers that the next column uses again, where such are given. */
export type ScannedColumn = () => ColumnScan;

/** Reads one column of both parts, to count its distinct values. Exact: no sample, no sketch. */
export async function scanColumn(
  db: DuckDb,
  column: ColumnTypes,
  { form, rows, buffers = new NumberBuffers(), turn = 0 }: ScanOptions,
): Promise<ScannedColumn> {
  const isNumber = column.reference.storage === 'integer' || column.reference.storage === 'float';
  const isFraction = column.reference.storage === 'float' && column.current.storage === 'float';
  if (isFraction && form === 'rows' && rows !== undefined && Math.max(rows.reference, rows.current) <= SORTED_ROWS)
    return sortedNumbers(db, column, { rows, buffers, turn });
  const reference = form === 'rows' ? countedRows(column.name, REFERENCE_ROWS) : profiledCounts(column.name, isNumber);
  const counts = `with reference_counts as (${reference}), current_counts as (${countedRows(column.name, CURRENT_ROWS)})\n`;
  const scan = isNumber ? await scanNumbers(db, column, counts) : await scanLevels(db, counts);
  return () => scan;
}

function countedRows(name: string, view: string): string {
  return `select ${sqlName(name)} as x, count(*) as n from ${sqlName(view)} group by all`;
}

function profiledCounts(name: string, isNumber: boolean): string {
  return `select ${isNumber ? 'number' : 'level'} as x, count as n from ${PROFILE_ROWS} where name = ${sqlString(name)} and count > 0`;
}

async function sortedNumbers(
  db: DuckDb,
  types: ColumnTypes,
  { rows, buffers, turn }: Required<Pick<ScanOptions, 'rows' | 'buffers' | 'turn'>>,
): Promise<ScannedColumn> {
  const x = `select ${sqlName(types.name)} as x`;
  const columns = `with reference_column as (${x} from ${sqlName(REFERENCE_ROWS)}), current_column as (${x} from ${sqlName(CURRENT_ROWS)})\n`;
  const { reference = new Float64Array(), current = new Float64Array() } = await db.lists(columns + finiteSql, (side, length) =>
    buffers.take(`${side} ${turn}`, length),
  );
  return () => {
    const { values, ...sides } = mergeSorted(sortNumbers(reference, buffers), sortNumbers(current, buffers), buffers);
    const missing = { reference: rows.reference - reference.length, current: rows.current - current.length };
    return { table: numericTable(values, sides, pandasPrecision(types, missing)), missing };
  };
}

async function scanNumbers(db: DuckDb, types: ColumnTypes, counts: string): Promise<ColumnScan> {
  const {
    x = new Float64Array(),
    reference = new Float64Array(),
    current = new Float64Array(),
  } = await db.doubles(counts + numbersSql, undefined, 'whole');
  const skip = Number.isNaN(x[0]) ? 1 : 0;
  const missing = { reference: skip === 1 ? (reference[0] ?? 0) : 0, current: skip === 1 ? (current[0] ?? 0) : 0 };
  const sides = { reference: reference.subarray(skip), current: current.subarray(skip) };
  return { table: numericTable(x.subarray(skip), sides, pandasPrecision(types, missing)), missing };
}

/** pandas holds a column as integers only where no value is missing on that side, and as float32 only where both are. */
function pandasPrecision({ reference, current }: ColumnTypes, missing: ColumnScan['missing']): NumericTable['precision'] {
  const isInteger = reference.storage === 'integer' && current.storage === 'integer' && missing.reference + missing.current === 0;
  if (isInteger) return 'integer';
  return reference.type === 'FLOAT' && current.type === 'FLOAT' ? 'float32' : 'float64';
}

async function scanLevels(db: DuckDb, counts: string): Promise<ColumnScan> {
  const rows = await db.all<{ x: string | null; reference: number; current: number }>(counts + levelsSql);
  const present = rows.filter(({ x }) => x !== null);
  const nulls = rows.find(({ x }) => x === null);
  const sides = {
    reference: Float64Array.from(present, (row) => row.reference),
    current: Float64Array.from(present, (row) => row.current),
  };
  return {
    table: levelTable(
      present.map(({ x }) => x ?? ''),
      sides,
    ),
    missing: { reference: nulls?.reference ?? 0, current: nulls?.current ?? 0 },
  };
}
