import { readFile } from 'node:fs/promises';
import { asDigest, type Digest, digestOfFile } from './digest.ts';
import { type FileStamp, sameStamp, stampFile } from './file-stamp.ts';
import { replaceFile } from '../util/replace-file.ts';

interface Entry {
  readonly stamp: FileStamp;
  readonly digest: string;
}

/** Remembers the digest of files by what `stat` says, so that an unchanged gigabyte is not read again. Losing it costs time only. */
export class StatCache {
  readonly #file: string;
  readonly #entries: Map<string, Entry>;
  #dirty = false;

  private constructor(file: string, entries: Map<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  static async open(file: string): Promise<StatCache> {
    return new StatCache(file, new Map(Object.entries(await readEntries(file))));
  }

  /** sha256 of a file's content. @returns null where there is no such file */
  async digest(path: string): Promise<Digest | null> {
    const now = stampFile(path);
    if (now === null) return null;
    const known = this.#entries.get(path);
    if (known !== undefined && sameStamp(known.stamp, now)) return asDigest(known.digest);
    const digest = await digestOfFile(path);
    this.#entries.set(path, { stamp: now, digest });
    this.#dirty = true;
    return digest;
  }

  async save(): Promise<void> {
    if (!this.#dirty) return;
    replaceFile(this.#file, JSON.stringify(Object.fromEntries(this.#entries)));
    this.#dirty = false;
  }
}

async function readEntries(file: string): Promise<Record<string, Entry>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, Entry>;
  } catch {
    return {};
  }
}
