import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryName } from '../util/temporary-name.ts';

/**
 * Writes a small file so that a reader, or a power cut, sees the old content or the new one, never a part.
 * @param temporary where it is written before it is renamed, on the same file system
 */
export async function writeAtomic(path: string, text: string, temporary: string = temporaryName(path)): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
