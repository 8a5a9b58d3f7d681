import process from 'node:process';
import koffi from 'koffi';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Handle } from './pointer.ts';

export interface LibraryKind {
  /** Such as `libxgboost`. */
  readonly name: string;
  /** What helps where it cannot be loaded. */
  readonly hint: string;
}

/**
 * Loads a shared library that uses OpenMP, and declares its functions.
 * @param signatures name of a call to its C declaration
 * @throws SluiceError NATIVE_NOT_FOUND when the file is not such a library, or lacks a function
 */
export function bindLibrary<TCalls>(
  path: string,
  signatures: { readonly [K in keyof TCalls]: string },
  { name, hint }: LibraryKind,
): TCalls {
  try {
    // OpenMP reads this while it is loaded; by default its threads spin while they wait, and that is ruinous beside busy neighbours.
    process.env['OMP_WAIT_POLICY'] ??= 'PASSIVE';
    const handle = koffi.load(path);
    return Object.fromEntries(Object.entries<string>(signatures).map(([call, definition]) => [call, handle.func(definition)])) as TCalls;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SluiceError('NATIVE_NOT_FOUND', `${path} is not a ${name} that can be loaded: ${message}`, { hint, cause: error });
  }
}

/** What a library logs from now on. @param register hands it the function to call; it keeps that per thread and for good, and so do we */
export function collectLog(register: (callback: Handle) => unknown): string[] {
  const messages: string[] = [];
  register(koffi.register((text: string) => messages.push(text), koffi.pointer(koffi.proto('void', ['const char *']))));
  return messages;
}
