import { accessSync, closeSync, fsync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { systemErrorCode } from '../util/error-code.ts';
import { openIn } from '../util/replace-file.ts';
import { temporaryName } from '../util/temporary-name.ts';

const sync = promisify(fsync);

/**
 * Writes a small file so that a reader, or a power cut, sees the old content or the new one, never a part. Only the wait for the disk is
 * left to another thread: handing over each of the short steps takes longer than the step, and a stage's commit has dozens.
 * @param temporary where it is written before it is renamed, on the same file system
 */
export async function writeAtomic(path: string, text: string, temporary: string = temporaryName(path)): Promise<void> {
  const file = openIn(dirname(path), temporary);
  try {
    writeFileSync(file, text);
    await sync(file);
  } finally {
    closeSync(file);
  }
  renameInto(temporary, path);
}

/** Resolves when a file's bytes are on the disk. */
export async function syncFile(path: string): Promise<void> {
  const file = openSync(path, 'r');
  try {
    await sync(file);
  } finally {
    closeSync(file);
  }
}

/** Renames a file into a folder, which is made when it is not there. @throws a system error ENOENT when the file is not */
export function renameInto(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(to), { recursive: true });
    accessSync(from); // of a writer whose work was given to another it is gone
    renameSync(from, to);
  }
}
