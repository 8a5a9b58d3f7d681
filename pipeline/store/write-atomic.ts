import { access, type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from '../util/error-code.ts';
import { temporaryName } from '../util/temporary-name.ts';

/**
 * Writes a small file so that a reader, or a power cut, sees the old content or the new one, never a part.
 * @param temporary where it is written before it is renamed, on the same file system
 */
export async function writeAtomic(path: string, text: string, temporary: string = temporaryName(path)): Promise<void> {
  const file = await openIn(dirname(path), temporary);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await renameInto(temporary, path);
}

/** The folder is there nearly always: it is made only when it turns out not to be. */
async function openIn(folder: string, temporary: string): Promise<FileHandle> {
  try {
    return await open(temporary, 'w');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  await mkdir(folder, { recursive: true });
  return open(temporary, 'w');
}

/** Renames a file into a folder, which is made when it is not there. @throws a system error ENOENT when the file is not */
export async function renameInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    await mkdir(dirname(to), { recursive: true });
    await access(from); // of a writer whose work was given to another it is gone
    await rename(from, to);
  }
}
