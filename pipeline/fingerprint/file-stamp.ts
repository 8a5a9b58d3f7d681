import { statSync } from 'node:fs';
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
export const RACY_MS = 20;

/**
 * Null where there is no such file. Blocks: a stat answers in a few microseconds, and a promise for each of thousands of
 * them costs ten times that.
 */
export function stampFile(path: string): FileStamp | null {
  try {
    const seenAt = Date.now();
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (found === undefined) return null;
    return { size: Number(found.size), mtime: String(found.mtimeNs), ctime: String(found.ctimeNs), inode: String(found.ino), seenAt };
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Whether the content had been left alone for long enough when it was read: a stamp that is not settled proves nothing. */
export function isSettled(stamp: FileStamp): boolean {
  return stamp.seenAt - Number(BigInt(stamp.ctime) / 1_000_000n) > RACY_MS;
}

/** Whether a file that looked like `earlier` when it was read can be taken for unread now. */
export function sameStamp(earlier: FileStamp, now: FileStamp): boolean {
  return (
    isSettled(earlier) &&
    earlier.size === now.size &&
    earlier.mtime === now.mtime &&
    earlier.ctime === now.ctime &&
    earlier.inode === now.inode
  );
}
