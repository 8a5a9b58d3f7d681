import { type DuckDb, SluiceError } from '../../pipeline/index.ts';
import { columnHistogram } from './column-histogram.ts';
import type { DriftColumn } from './drift-schema.ts';
import { columnDrift } from './maths/column-drift.ts';
import { columnKind, type ColumnKind, type StorageClass, storageClass } from './maths/column-kind.ts';
import { asLevels, type DistinctTable, type EvidentlyMode } from './maths/distinct-table.ts';
import { noiseFloor } from './maths/noise-floor.ts';
import { columnStability } from './stability/column-stability.ts';
import { type ColumnScan, type ColumnTypes, scanColumn, type ScannedColumn, type ScanOptions } from './scan/scan-column.ts';

export interface ColumnPair {
  readonly name: string;
  /** DuckDB type, or null where the part lacks the column. */
  readonly reference: string | null;
  readonly current: string | null;
}

export type ReadColumn =
  | { readonly scan: ScannedColumn; readonly types: ColumnTypes; readonly levels?: readonly string[] }
  | { readonly pair: ColumnPair; readonly skipReason: string };

export interface ReadOptions extends ScanOptions {
  /** What the values 0, 1, … stand for, where they are numbers of levels. */
  readonly levels?: readonly string[];
}

/**
 * Reads one column of both parts. A column that cannot be compared, or whose values DuckDB cannot read, has a `skipReason` instead.
 * @throws what is no fault of the column: an interruption, a lack of memory or disk, a mistake of ours
 */
export async function readColumn(db: DuckDb, pair: ColumnPair, { levels, ...options }: ReadOptions): Promise<ReadColumn> {
  const types = columnTypes(pair);
  if (typeof types === 'string') return { pair, skipReason: types };
  const scan = await scanColumn(db, types, options).catch((error: unknown) => {
    if (isFaultOfTheColumn(error)) return error;
    throw error;
  });
  if (scan instanceof SluiceError) return { pair, skipReason: `could not be read: ${scan.message.split('\n')[0] ?? ''}` };
  return { types, scan, ...(levels === undefined ? {} : { levels }) };
}

/** What the counts say. */
export function judgeColumn(read: ReadColumn, mode: EvidentlyMode): DriftColumn {
  if (!('scan' in read)) return skipped(read.pair, read.skipReason);
  const scan = read.scan();
  const isCoded = read.levels !== undefined && scan.table.kind === 'num';
  return judge(isCoded ? { ...scan, table: asLevels(scan.table, read.levels) } : scan, read.types, mode);
}

/** DuckDB begins its message with what kind of failure it was. */
function isFaultOfTheColumn(error: unknown): error is SluiceError {
  return (
    error instanceof SluiceError &&
    error.code === 'NATIVE_DUCKDB' &&
    !/interrupt|out of memory|no space|could not allocate/i.test(error.message)
  );
}

/** Both sides' types, or why they cannot be compared. */
function columnTypes({ name, reference, current }: ColumnPair): ColumnTypes | string {
  if (current === null) return 'absent from the current part';
  if (reference === null) return 'absent from the reference part';
  const [left, right] = [storageClass(reference), storageClass(current)];
  if (family(left) !== family(right)) return `type changed from ${reference} to ${current}`;
  if (left === 'other') return `type ${reference} is not compared`;
  return { name, reference: { type: reference, storage: left }, current: { type: current, storage: right } };
}

function judge(scan: ColumnScan, types: ColumnTypes, mode: EvidentlyMode): DriftColumn {
  const { table, missing } = scan;
  const shares = { reference: share(missing.reference, table.nReference), current: share(missing.current, table.nCurrent) };
  const kind = inferKind(scan, types, mode);
  const base = { name: types.name, type: kind === 'num' ? 'num' : 'cat', missing: shares } as const;
  const emptySide =
    table.nReference === 0
      ? table.nCurrent === 0
        ? 'either part'
        : 'the reference part'
      : table.nCurrent === 0
        ? 'the current part'
        : null;
  if (emptySide !== null)
    return { ...base, evidently: null, chance: null, psi: null, histogram: null, skipReason: `no value in ${emptySide}` };
  const shown = { ...columnStability(table, missing), histogram: columnHistogram(scan) };
  if (kind === 'text')
    return {
      ...base,
      ...shown,
      evidently: null,
      chance: null,
      skipReason: 'text of many distinct values: Evidently would train a classifier',
    };
  const judged: DistinctTable = kind === 'cat' && table.kind === 'num' ? asLevels(table) : table;
  const { test, score, threshold, drifted } = columnDrift(judged, mode);
  const evidently = { test, score: Number.isFinite(score) ? score : null, threshold, drifted };
  return { ...base, ...shown, evidently, chance: noiseFloor(test, judged, mode), skipReason: null };
}

/** Evidently 0.4 asks the reference for a column's kind, 0.7 the current part. */
function inferKind({ table, missing }: ColumnScan, types: ColumnTypes, mode: EvidentlyMode): ColumnKind {
  // Numbers of levels, said to be so.
  if (table.kind === 'cat' && family(types.reference.storage) === 'number') return 'cat';
  const side = mode === '0.4' ? 'reference' : 'current';
  const values = side === 'reference' ? table.nReference : table.nCurrent;
  return columnKind({ type: types[side].type, values, nulls: missing[side], distinct: table.distinct[side] }, mode);
}

function skipped({ name, reference, current }: ColumnPair, skipReason: string): DriftColumn {
  const storage = storageClass(reference ?? current ?? '');
  const missing = { reference: reference === null ? 1 : 0, current: current === null ? 1 : 0 };
  return {
    name,
    type: family(storage) === 'number' ? 'num' : 'cat',
    missing,
    evidently: null,
    chance: null,
    psi: null,
    histogram: null,
    skipReason,
  };
}

function family(storage: StorageClass): 'number' | StorageClass {
  return storage === 'integer' || storage === 'float' ? 'number' : storage;
}

function share(missing: number, present: number): number {
  return missing + present === 0 ? 0 : missing / (missing + present);
}
