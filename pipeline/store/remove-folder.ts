import { existsSync, readdirSync, unlinkSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes a folder that is expected to hold little: a few calls, where the general removal takes dozens. Only those that may wait for the
 * disk are left to another thread.
 * @param folders names of the folders that may be in it and should be empty by now
 */
export async function removeFolder(path: string, folders: readonly string[]): Promise<void> {
  try {
    for (const name of folders) if (existsSync(join(path, name))) await rmdir(join(path, name));
    await rmdir(path);
  } catch {
    await rm(path, { recursive: true, force: true });
  }
}

/** As {@link removeFolder}, of one that holds plain files alone. */
export async function removeFiles(path: string): Promise<void> {
  try {
    for (const name of readdirSync(path)) unlinkSync(join(path, name));
    await rmdir(path);
  } catch {
    await rm(path, { recursive: true, force: true });
  }
}
