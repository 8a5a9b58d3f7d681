import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FilePlacement } from '../registration.ts';

export interface StoredPayload {
  readonly path: string;
  /** Relative to the payload folder. */
  readonly payload: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Keeps a file for later sending, whatever becomes of the original: a hard link where the disk allows it, else a copy. */
async function storePayload(folder: string, below: 'run' | 'model', file: FilePlacement): Promise<StoredPayload> {
  const payload = `${below}/${file.path}`;
  const target = join(folder, payload);
  await mkdir(dirname(target), { recursive: true });
  try {
    await link(file.from, target);
  } catch {
    await copyFile(file.from, target);
    await syncFile(target);
  }
  return { path: file.path, payload, bytes: (await stat(target)).size, sha256: await sha256File(target) };
}

/** In their order. */
export async function storePayloads(
  folder: string,
  below: 'run' | 'model',
  files: readonly FilePlacement[],
): Promise<readonly StoredPayload[]> {
  const stored: StoredPayload[] = [];
  for (const file of files) stored.push(await storePayload(folder, below, file));
  return stored;
}

/** Of so many bytes a read: half the processor time of a stream's own 64 KiB. */
const AT_ONCE = 512 * 1024;

export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: AT_ONCE }), hash);
  return hash.digest('hex');
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
