import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryName } from '../util/temporary-name.ts';

/** Writes a small file so that a reader, or a power cut, sees the old content or the new one, never a part. */
export async function writeAtomic(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
