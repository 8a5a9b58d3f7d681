import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import koffi from 'koffi';
import { SluiceError } from '../../errors/sluice-error.ts';
import { bindLibrary, collectLog } from '../bind-library.ts';
import type { RowView } from '../row-view.ts';
import { type LightgbmCalls, signatures } from './signatures.ts';

/** One loaded lib_lightgbm: calls whose failures are SluiceErrors. */
export interface Library {
  readonly path: string;
  readonly version: string;
  readonly calls: LightgbmCalls;
  /** Throws NATIVE_LIGHTGBM when `status` is not 0, or when the library met a parameter that it does not know. @param doing for the message, such as "train round 3" */
  readonly check: (status: number, doing: string) => void;
}

const HINT =
  'It needs the system’s OpenMP: on Debian `apt-get install libgomp1`, on macOS `brew install libomp`. Or run `make setup` to install it again.';

const loaded = new Map<string, Library>();

/** Loads the library once a process. @throws SluiceError NATIVE_NOT_FOUND when the file is not a loadable lib_lightgbm */
export function loadLibrary(path: string): Library {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  const calls = bindLibrary<LightgbmCalls>(path, signatures, { name: 'lib_lightgbm', hint: HINT });
  const messages = collectLog((callback) => calls.LGBM_RegisterLogCallback(callback)); // a message comes in pieces
  const library = { path, version: readVersion(path), calls, check: checker(calls, messages) };
  loaded.set(path, library);
  return library;
}

/** The library does not tell its version; the wheel does, in `lightgbm/VERSION.txt`. */
function readVersion(path: string): string {
  try {
    return readFileSync(join(path, '..', '..', 'VERSION.txt'), 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

/** Misspelt parameters reach nothing but the log, so they are errors here. Its other warnings tell of data without a split. */
function checker(calls: LightgbmCalls, messages: string[]): Library['check'] {
  return (status, doing) => {
    const text = messages.splice(0).join('');
    if (status !== 0) throw new SluiceError('NATIVE_LIGHTGBM', `LightGBM could not ${doing}: ${calls.LGBM_GetLastError()}`);
    const unknown = text.split('\n').filter((line) => /unknown parameter/i.test(line));
    if (unknown.length === 0) return;
    const names = unknown.map((line) => line.replace(/^.*unknown parameter:?\s*/i, '')).join(', ');
    throw new SluiceError('NATIVE_LIGHTGBM', `LightGBM does not know the parameter ${names}`, { hint: 'Remove or correct it.' });
  };
}

/** Addresses of a view's rows. The matrix must stay referenced while they are used. */
export function rowAddresses({ matrix, rows }: RowView): BigUint64Array {
  const start = koffi.address(matrix.data);
  const bytes = matrix.columns.length * Float32Array.BYTES_PER_ELEMENT;
  return BigUint64Array.from(rows, (row) => start + BigInt(row * bytes));
}

/** Runs of rows that lie one after the other. */
export function rowRuns(view: RowView): { readonly addresses: BigUint64Array; readonly lengths: Int32Array } {
  const starts: number[] = [];
  const lengths: number[] = [];
  view.rows.forEach((row, at) => {
    if (at > 0 && row === (view.rows[at - 1] ?? 0) + 1) lengths.push((lengths.pop() ?? 0) + 1);
    else {
      starts.push(row);
      lengths.push(1);
    }
  });
  return { addresses: rowAddresses({ matrix: view.matrix, rows: Uint32Array.from(starts) }), lengths: Int32Array.from(lengths) };
}
