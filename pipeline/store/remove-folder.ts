import { readdir, rm, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../util/error-code.ts';

/**
 * Removes a folder that is expected to hold little: a few calls, where the general removal takes dozens.
 * @param folders names of the folders that may be in it and should be empty by now
 */
export async function removeFolder(path: string, folders: readonly string[]): Promise<void> {
  try {
    for (const name of folders) await rmdir(join(path, name)).catch(unlessGone);
    await rmdir(path);
  } catch {
    await rm(path, { recursive: true, force: true });
  }
}

function unlessGone(error: unknown): void {
  if (systemErrorCode(error) !== 'ENOENT') throw error;
}

/** As {@link removeFolder}, of one that holds plain files alone. */
export async function removeFiles(path: string): Promise<void> {
  try {
    for (const name of await readdir(path)) await unlink(join(path, name));
    await rmdir(path);
  } catch {
    await rm(path, { recursive: true, force: true });
  }
}
