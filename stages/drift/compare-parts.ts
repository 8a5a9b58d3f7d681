import type { DuckDb } from '../../pipeline/index.ts';
import { judgeColumn, readColumn, type ReadColumn } from './compare-column.ts';
import type { DriftColumn, DriftResult } from './drift-schema.ts';
import type { EvidentlyMode } from './maths/distinct-table.ts';
import { falseDiscovery } from './stability/false-discovery.ts';
import { NumberBuffers } from './scan/number-buffers.ts';
import { CURRENT_ROWS, REFERENCE_ROWS, type ReferenceForm } from './scan/scan-column.ts';

export interface Part {
  readonly path: string;
  readonly rows?: number;
  /** Column name to DuckDB type. */
  readonly columns: Columns;
}

type Columns = Readonly<Record<string, string>>;

/** A reference of which only the profile is there, opened by readProfile. */
export interface ProfiledPart {
  readonly form: 'profile';
  readonly columns: Columns;
}

/** Keys and labels of the credit tables, never compared. */
export const NOT_COMPARED: readonly string[] = ['SK_ID_CURR', 'TARGET'];

export interface CompareOptions {
  readonly mode: EvidentlyMode;
  /** Keys and labels: not compared, not listed. */
  readonly ignore: readonly string[];
  readonly onColumn?: (done: number, total: number, name: string) => void;
  readonly signal?: AbortSignal;
  /** Columns whose values 0, 1, … are numbers of levels, and what they stand for: compared as levels. */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
}

/** Compares two parts column by column, in the reference's order, columns that only the current part has last. */
export async function compareParts(
  db: DuckDb,
  parts: { readonly reference: Part | ProfiledPart; readonly current: Part },
  options: CompareOptions,
): Promise<DriftColumn[]> {
  const { reference, current } = parts;
  if (!('form' in reference)) await db.view(REFERENCE_ROWS, reference.path);
  await db.view(CURRENT_ROWS, current.path);
  return compareViews(db, parts, options);
}

/** Columns that are read ahead of the one that is judged. */
const AHEAD = 2;

interface Views {
  /** A profile is read through the view that readProfile opened. */
  readonly reference: { readonly form?: ReferenceForm; readonly rows?: number; readonly columns: Columns };
  readonly current: { readonly rows?: number; readonly columns: Columns };
}

/** The same on the views {@link REFERENCE_ROWS} and {@link CURRENT_ROWS} as they are. */
export async function compareViews(db: DuckDb, { reference, current }: Views, options: CompareOptions): Promise<DriftColumn[]> {
  const names = [...new Set([...Object.keys(reference.columns), ...Object.keys(current.columns)])].filter(
    (name) => !options.ignore.includes(name),
  );
  const rows =
    reference.rows === undefined || current.rows === undefined ? {} : { rows: { reference: reference.rows, current: current.rows } };
  const buffers = new NumberBuffers();
  const read = (name: string, turn: number): Promise<ReadColumn> => {
    const pair = { name, reference: reference.columns[name] ?? null, current: current.columns[name] ?? null };
    const levels = options.categories?.[name];
    return readColumn(db, pair, { form: reference.form ?? 'rows', buffers, turn, ...rows, ...(levels === undefined ? {} : { levels }) });
  };
  const start = (name: string, at: number): Promise<ReadColumn> => {
    // As many turns as columns are in hand: those ahead, and the one that is judged.
    const reading = read(name, at % (AHEAD + 1));
    // One that fails early is only looked at in its turn.
    reading.catch(() => null);
    return reading;
  };
  const compared: DriftColumn[] = [];
  // DuckDB reads the next columns while one is judged.
  const ahead = names.slice(0, AHEAD).map(start);
  try {
    for (const [at, name] of names.entries()) {
      options.signal?.throwIfAborted();
      const column = await (ahead.shift() ?? start(name, at));
      const next = names[at + AHEAD];
      if (next !== undefined) ahead.push(start(next, at + AHEAD));
      compared.push(judgeColumn(column, options.mode));
      options.onColumn?.(compared.length, names.length, name);
    }
  } finally {
    // Whoever closes the database must find it at rest.
    await Promise.allSettled(ahead);
  }
  return adjusted(compared);
}

/** The p-values of all columns, adjusted for how many there are. */
function adjusted(columns: readonly DriftColumn[]): DriftColumn[] {
  const pAdjusted = falseDiscovery(columns.map(({ stability }) => stability?.p ?? null));
  return columns.map((column, index) =>
    column.stability === undefined ? column : { ...column, stability: { ...column.stability, pAdjusted: pAdjusted[index] ?? null } },
  );
}

/** Evidently's verdict on the whole: drift from `driftShare` of the compared columns on. */
export function datasetDrift(
  columns: readonly DriftColumn[],
  { mode, driftShare }: { readonly mode: EvidentlyMode; readonly driftShare: number },
): DriftResult['evidently'] {
  const compared = columns.filter(({ evidently }) => evidently !== null);
  const drifted = compared.filter(({ evidently }) => evidently?.drifted === true).length;
  const share = compared.length === 0 ? 0 : drifted / compared.length;
  return {
    mode,
    driftShare,
    numberOfColumns: compared.length,
    numberOfDriftedColumns: drifted,
    shareOfDriftedColumns: share,
    datasetDrift: compared.length > 0 && share >= driftShare,
  };
}
