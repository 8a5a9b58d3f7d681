import { stat } from 'node:fs/promises';
import { systemErrorCode } from '../util/error-code.ts';

/** What `stat` says of a file. It may spare a re-hash; it never decides that two files are equal. */
export interface FileStamp {
  readonly size: number;
  /** Nanoseconds as text: they do not fit a number. */
  readonly mtime: string;
  readonly ctime: string;
  readonly inode: string;
  /** When the content behind this stamp was read, in ms. */
  readonly seenAt: number;
}

/** A change this soon after the last one could leave the same timestamps: such a stamp proves nothing. */
const RACY_MS = 20;

/** Null where there is no such file. */
export async function stampFile(path: string): Promise<FileStamp | null> {
  try {
    const seenAt = Date.now();
    const found = await stat(path, { bigint: true });
    return { size: Number(found.size), mtime: String(found.mtimeNs), ctime: String(found.ctimeNs), inode: String(found.ino), seenAt };
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Whether a file that looked like `earlier` when it was read can be taken for unread now. */
export function sameStamp(earlier: FileStamp, now: FileStamp): boolean {
  const settled = earlier.seenAt - Number(BigInt(earlier.ctime) / 1_000_000n) > RACY_MS;
  return settled && earlier.size === now.size && earlier.mtime === now.mtime && earlier.ctime === now.ctime && earlier.inode === now.inode;
}
