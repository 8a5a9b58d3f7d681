import { closeSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from './error-code.ts';
import { temporaryName } from './temporary-name.ts';

/**
 * Writes a file so that a reader sees the old content or the new one, never a part. Unlike `writeAtomic` of the store it does not wait for
 * the disk: a power cut may leave an empty file, so it is for what can be made anew.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = temporaryName(path);
  const file = openIn(dirname(path), temporary);
  try {
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** Opens a file for writing. The folder is there nearly always: it is made only when it turns out not to be. */
export function openIn(folder: string, path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  mkdirSync(folder, { recursive: true });
  return openSync(path, 'w');
}
