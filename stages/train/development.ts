import { type DuckDb, type FloatMatrix, SluiceError, sqlName } from '../../pipeline/index.ts';
import keysSql from './sql/keys.sql';

const KEYS = new Set(['SK_ID_CURR', 'TARGET', 'part', 'fold']);

/** The rows that training may see, by SK_ID_CURR, without their features. All arrays have one entry a row. */
export interface Development {
  readonly ids: Int32Array;
  /** 1 for default, 0 for repaid. */
  readonly target: Float32Array;
  readonly fold: Int8Array;
  /** Feature columns of the table, in file order. */
  readonly columns: readonly string[];
}

/** @throws SluiceError DATA_ONE_CLASS, DATA_TOO_SMALL: each fold needs a default and a repaid loan, and there must be two folds */
export async function readDevelopment(db: DuckDb, path: string): Promise<Development> {
  await db.view('development', path);
  const keys = await db.all<{ SK_ID_CURR: number; TARGET: number; fold: number }>(keysSql);
  const columns = (await db.all<{ column_name: string }>('describe development')).map((column) => column.column_name);
  const development = {
    ids: Int32Array.from(keys, (row) => row.SK_ID_CURR),
    target: Float32Array.from(keys, (row) => row.TARGET),
    fold: Int8Array.from(keys, (row) => row.fold),
    columns: columns.filter((column) => !KEYS.has(column)),
  };
  checkClasses(development);
  return development;
}

/** Some features of the development rows, by SK_ID_CURR; NaN where unknown. Only these are read, so that no wider matrix is in memory. */
export async function readFeatures(db: DuckDb, { ids }: Development, columns: readonly string[]): Promise<FloatMatrix> {
  return db.matrix(`select ${columns.map(sqlName).join(', ')} from development order by SK_ID_CURR`, undefined, ids.length);
}

/** Fold numbers, ascending. */
export function foldNumbers(fold: Int8Array): readonly number[] {
  return [...new Set(fold)].toSorted((a, b) => a - b);
}

/** Row numbers in and out of a fold, ascending. */
export function foldRows(fold: Int8Array, number: number): { readonly inside: Uint32Array; readonly outside: Uint32Array } {
  const [inside, outside]: [number[], number[]] = [[], []];
  for (let row = 0; row < fold.length; row++) (fold[row] === number ? inside : outside).push(row);
  return { inside: Uint32Array.from(inside), outside: Uint32Array.from(outside) };
}

function checkClasses({ target, fold }: Development): void {
  const positives = target.reduce((sum, value) => sum + value, 0);
  if (positives === 0 || positives === target.length) {
    throw new SluiceError('DATA_ONE_CLASS', `all ${target.length} development rows have TARGET ${positives === 0 ? 0 : 1}`, {
      hint: 'Training needs loans that defaulted and loans that were repaid: check the TARGET column of application_train.',
    });
  }
  const numbers = foldNumbers(fold);
  if (numbers.length < 2)
    throw new SluiceError('DATA_TOO_SMALL', `the development rows are in ${numbers.length} fold; two are the least`, {
      hint: 'Set params.split.folds to 2 or more.',
    });
  for (const number of numbers) {
    const { inside } = foldRows(fold, number);
    const defaults = inside.reduce((sum, row) => sum + (target[row] ?? 0), 0);
    if (defaults > 0 && defaults < inside.length) continue;
    throw new SluiceError(
      'DATA_TOO_SMALL',
      `fold ${number} has ${inside.length} rows and ${defaults} defaults; a fold needs both classes`,
      {
        hint: 'Set params.split.folds to a smaller number, or give more rows.',
      },
    );
  }
}
