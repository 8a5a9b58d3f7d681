import koffi from 'koffi';
import { SluiceError } from '../../errors/sluice-error.ts';
import { bindLibrary, collectLog } from '../bind-library.ts';
import type { Handle, Out } from '../pointer.ts';
import { signatures, type XgboostCalls } from './signatures.ts';

/** One loaded libxgboost: calls whose failures and warnings are SluiceErrors. */
export interface Library {
  readonly path: string;
  readonly version: string;
  readonly calls: XgboostCalls;
  /** Throws NATIVE_XGBOOST when `status` is not 0, or when the library warned during the call. @param doing for the message, such as "train round 3" */
  readonly check: (status: number, doing: string) => void;
}

const HINT = 'Run `make setup` to install it again. On macOS it also needs OpenMP: `brew install libomp`.';

const loaded = new Map<string, Library>();

/** Loads the library once a process. @throws SluiceError NATIVE_NOT_FOUND when the file is not a loadable libxgboost */
export function loadLibrary(path: string): Library {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  const calls = bindLibrary<XgboostCalls>(path, signatures, { name: 'libxgboost', hint: HINT });
  const messages = collectLog((callback) => calls.XGBRegisterLogCallback(callback));
  const library = { path, version: readVersion(calls), calls, check: checker(calls, messages) };
  loaded.set(path, library);
  return library;
}

function readVersion(calls: XgboostCalls): string {
  const [major, minor, patch]: [Out<number>, Out<number>, Out<number>] = [[0], [0], [0]];
  calls.XGBoostVersion(major, minor, patch);
  return [major, minor, patch].join('.');
}

/** Misspelt parameters reach nothing but the log, so a warning is an error here; its time and source line are dropped. */
function checker(calls: XgboostCalls, messages: string[]): Library['check'] {
  return (status, doing) => {
    const warnings = messages.splice(0).filter((text) => /WARNING|ERROR|FATAL/.test(text));
    if (status !== 0) throw new SluiceError('NATIVE_XGBOOST', `XGBoost could not ${doing}: ${firstLines(calls.XGBGetLastError())}`);
    if (warnings.length === 0) return;
    const text = warnings.map((warning) => warning.replace(/^\[[\d:]+\] \w+: \S+:\d+:\s*/, '').trim()).join(' ');
    const hint = text.includes('not used') ? { hint: 'Remove or correct the named parameters.' } : {};
    throw new SluiceError('NATIVE_XGBOOST', `XGBoost warned while it was to ${doing}: ${text}`, hint);
  };
}

/** Without the C++ stack trace. */
function firstLines(text: string): string {
  return (text.split('Stack trace:')[0] ?? text).replace(/^\[[\d:]+\] \S+:\d+:\s*/, '').trim();
}

/** A function that the library may call, with one opaque argument, on this thread. */
export function registerCallback(result: 'void' | 'int', callback: () => number | void): { readonly pointer: Handle; free(): void } {
  const pointer = koffi.register(callback, koffi.pointer(koffi.proto(result, ['void *'])));
  return { pointer, free: () => koffi.unregister(pointer) };
}

/** Copies floats out of memory that the library will reuse at its next call. */
export function copyFloats(pointer: Handle, length: number): Float32Array {
  return length === 0 ? new Float32Array(0) : new Float32Array(koffi.view(pointer, length * 4).slice(0));
}

/** Copies bytes out of memory that the library will reuse at its next call. */
export function copyBytes(pointer: Handle, length: number): Uint8Array {
  return length === 0 ? new Uint8Array(0) : new Uint8Array(koffi.view(pointer, length).slice(0));
}

/** Copies `uint64_t` values, which are sizes here. */
export function copySizes(pointer: Handle, length: number): number[] {
  return length === 0 ? [] : Array.from(new BigUint64Array(koffi.view(pointer, length * 8).slice(0)), Number);
}

/** Copies an array of C strings. */
export function copyStrings(pointer: Handle, length: number): string[] {
  return length === 0 ? [] : (koffi.decode(pointer, 'const char *', length) as string[]);
}

/** NumPy's array interface of a row-major Float32Array. The array must stay referenced until the call that takes this returns. */
export function arrayInterface(data: Float32Array, rows: number, columns: number): string {
  return JSON.stringify({ data: [Number(koffi.address(data)), true], shape: [rows, columns], typestr: '<f4', version: 3 });
}
