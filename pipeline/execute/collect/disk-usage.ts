import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Blocks of `stat` are of 512 bytes on every system. */
const BLOCK = 512;

export interface DiskUsage {
  readonly bytes: number;
  readonly files: number;
  /** The newest change below, in ms. */
  readonly modifiedAt: number;
}

/** Space that a file or a folder takes on disk. A file that lies elsewhere as well, by a hard link, counts in `seen` once. */
export async function diskUsage(path: string, seen = new Set<string>()): Promise<DiskUsage> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return { bytes: 0, files: 0, modifiedAt: 0 };
  if (!found.isDirectory()) {
    const inode = `${found.dev}:${found.ino}`;
    const counted = found.nlink > 1 && seen.has(inode);
    seen.add(inode);
    return { bytes: counted ? 0 : found.blocks * BLOCK, files: 1, modifiedAt: found.mtimeMs };
  }
  let [bytes, files, modifiedAt] = [found.blocks * BLOCK, 0, found.mtimeMs];
  for (const name of await readdir(path).catch((): string[] => [])) {
    const below = await diskUsage(join(path, name), seen);
    [bytes, files, modifiedAt] = [bytes + below.bytes, files + below.files, Math.max(modifiedAt, below.modifiedAt)];
  }
  return { bytes, files, modifiedAt };
}
