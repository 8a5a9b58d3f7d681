import { chmod, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Digest, digestOf, digestOfFile } from '../fingerprint/digest.ts';
import type { StatCache } from '../fingerprint/stat-cache.ts';
import { canonicalJson } from '../fingerprint/canonical-json.ts';
import { toStoreError } from './store-error.ts';
import { writeAtomic } from './write-atomic.ts';
import { temporaryName } from '../util/temporary-name.ts';

interface TreeEntry {
  readonly path: string;
  readonly digest: Digest;
}

export interface Placed {
  readonly digest: Digest;
  readonly bytes: number;
}

export type Verified = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: 'missing' | 'corrupt'; readonly path: string };

/**
 * Content-addressed blobs under `<artifacts>/objects/sha256/`, read only, named by what they hold. A blob is written to a
 * staging file first, synced, and renamed into place.
 */
export class FileStore {
  readonly #root: string;

  constructor(artifactsDir: string) {
    this.#root = join(artifactsDir, 'objects');
  }

  blobPath(digest: string, extension: string): string {
    return join(this.#root, 'sha256', digest.slice(0, 2), `${digest}${extension}`);
  }

  /** Where a directory artifact can be read as a folder: hard links to its blobs. */
  treePath(digest: string): string {
    return join(this.#root, 'trees', digest);
  }

  /** Moves a finished file into the store. @throws SluiceError STORE_READ_ONLY or STORE_DISK_FULL */
  async putFile(staged: string, extension: string): Promise<Placed> {
    try {
      await syncFile(staged);
      const digest = await digestOfFile(staged);
      const { size } = await stat(staged);
      const target = this.blobPath(digest, extension);
      await mkdir(dirname(target), { recursive: true });
      await chmod(staged, 0o444);
      await rename(staged, target);
      return { digest, bytes: size };
    } catch (error) {
      throw toStoreError(error, staged);
    }
  }

  /** Moves a finished folder into the store: a blob a file, and one list that names them. */
  async putDirectory(staged: string): Promise<Placed> {
    const names = (await readdir(staged, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const entries: TreeEntry[] = [];
    let bytes = 0;
    for (const path of names.map((entry) => join(entry.parentPath, entry.name).slice(staged.length + 1)).toSorted()) {
      const placed = await this.putFile(join(staged, path), '');
      entries.push({ path, digest: placed.digest });
      bytes += placed.bytes;
    }
    const list = canonicalJson(entries);
    const digest = digestOf(list);
    await writeAtomic(this.blobPath(digest, '.tree.json'), list);
    await this.#materialise(digest, entries);
    return { digest, bytes };
  }

  /** Finds a blob and proves that its bytes match its name. A stat that did not change since the last proof spares the reading. */
  async verifyFile(digest: string, extension: string, stats: StatCache): Promise<Verified> {
    const path = this.blobPath(digest, extension);
    const found = await stats.digest(path);
    if (found === null) return { ok: false, reason: 'missing', path };
    return found === digest ? { ok: true, path } : { ok: false, reason: 'corrupt', path };
  }

  async verifyDirectory(digest: string, stats: StatCache): Promise<Verified> {
    const list = await this.verifyFile(digest, '.tree.json', stats);
    if (!list.ok) return list;
    const entries = JSON.parse(await readFile(list.path, 'utf8')) as TreeEntry[];
    for (const entry of entries) {
      const blob = await this.verifyFile(entry.digest, '', stats);
      if (!blob.ok) return blob;
    }
    await this.#materialise(digest, entries);
    return { ok: true, path: this.treePath(digest) };
  }

  /** Sets a damaged blob aside for a look. @returns where it lies now */
  async quarantine(path: string): Promise<string> {
    const dir = join(dirname(this.#root), 'quarantine');
    await mkdir(dir, { recursive: true });
    const aside = join(dir, `${basename(path)}.${Date.now()}`);
    await rename(path, aside);
    return aside;
  }

  async #materialise(digest: string, entries: readonly TreeEntry[]): Promise<void> {
    const tree = this.treePath(digest);
    const known = await Promise.all(entries.map(async (entry) => sameInode(join(tree, entry.path), this.blobPath(entry.digest, ''))));
    if (known.every(Boolean) && entries.length > 0) return;
    const building = temporaryName(tree);
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true });
    for (const entry of entries) {
      await mkdir(dirname(join(building, entry.path)), { recursive: true });
      await link(this.blobPath(entry.digest, ''), join(building, entry.path));
    }
    await rm(tree, { recursive: true, force: true });
    await rename(building, tree);
  }
}

async function sameInode(a: string, b: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(a), stat(b)]);
    return first.ino === second.ino;
  } catch {
    return false;
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
