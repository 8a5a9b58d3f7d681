import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { canonicalJson } from '../fingerprint/canonical-json.ts';
import { type Digest, digestOfFile } from '../fingerprint/digest.ts';
import { systemErrorCode } from '../util/error-code.ts';
import type { ArtifactName, Placed, Prover, Store, StoredBlob, Verified } from './store.ts';
import { toStoreError } from './store-error.ts';
import { renameInto, syncFile } from './write-atomic.ts';
import { listTree, notContent, type TreeEntry } from './tree-list.ts';
import { showTree } from './tree-view.ts';

export const TREE_LIST = '.tree.json';

/** A blob younger than this is left as it is when it is stored again: touching it would cost another reading. */
const FRESH_MS = 10 * 60_000;

/** Reads every byte, whatever was proven before. */
export const readEverything: Prover = {
  digest: async (path) => {
    try {
      return await digestOfFile(path);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw error;
    }
  },
};

/**
 * Content-addressed blobs under `<artifacts>/objects/sha256/`, read only, named by what they hold. A blob is written to a
 * staging file first, synced, and renamed into place; nothing is copied.
 */
export class FileStore implements Store {
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

  async putFile(staged: string, extension: string): Promise<Placed> {
    try {
      const found = lstatSync(staged);
      if (!found.isFile())
        throw notContent(staged, staged, found.isSymbolicLink() ? 'a symbolic link' : found.isDirectory() ? 'a folder' : 'no plain file');
      await syncFile(staged);
      const digest = await digestOfFile(staged);
      await this.#place(staged, digest, extension, found.size);
      return { digest, bytes: found.size };
    } catch (error) {
      throw toStoreError(error, staged);
    }
  }

  async putDirectory(staged: string): Promise<Placed> {
    const { files, emptyFolders } = await listTree(staged);
    const entries: TreeEntry[] = emptyFolders.map((path) => ({ path, digest: null }));
    let bytes = 0;
    for (const path of files) {
      const placed = await this.putFile(join(staged, path), '');
      entries.push({ path, digest: placed.digest });
      bytes += placed.bytes;
    }
    const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const list = `${staged}${TREE_LIST}`;
    await writeFile(list, canonicalJson(sorted)).catch((error: unknown) => {
      throw toStoreError(error, list);
    });
    const { digest } = await this.putFile(list, TREE_LIST);
    await this.#show(digest, sorted, readEverything);
    return { digest, bytes };
  }

  async verify(artifact: ArtifactName, prover: Prover): Promise<Verified> {
    return artifact.kind === 'directory'
      ? this.verifyDirectory(artifact.digest, prover)
      : this.verifyFile(artifact.digest, artifact.extension, prover);
  }

  /** Finds a blob and proves that its bytes match its name. A stat that did not change since the last proof spares the reading. */
  async verifyFile(digest: string, extension: string, prover: Prover): Promise<Verified> {
    const path = this.blobPath(digest, extension);
    const found = await prover.digest(path);
    if (found === null) return { ok: false, reason: 'missing', path };
    return found === digest ? { ok: true, path } : { ok: false, reason: 'corrupt', path };
  }

  async verifyDirectory(digest: string, prover: Prover): Promise<Verified> {
    const list = await this.verifyFile(digest, TREE_LIST, prover);
    if (!list.ok) return list;
    const entries = await readList(list.path);
    for (const entry of entries) {
      const blob: Verified = entry.digest === null ? list : await this.verifyFile(entry.digest, '', prover);
      if (!blob.ok) return blob;
    }
    await this.#show(digest, entries, prover);
    return { ok: true, path: this.treePath(digest) };
  }

  async blobs({ kind, extension, digest }: ArtifactName): Promise<readonly StoredBlob[]> {
    if (kind !== 'directory') return [{ path: this.blobPath(digest, extension), digest, within: null }];
    const list: StoredBlob = { path: this.blobPath(digest, TREE_LIST), digest, within: null };
    if ((await readEverything.digest(list.path)) !== digest) return [list];
    const files = (await readList(list.path)).flatMap(({ path, digest: of }) =>
      of === null ? [] : [{ path: this.blobPath(of, ''), digest: of, within: path }],
    );
    return [list, ...files];
  }

  async quarantine(path: string): Promise<string | null> {
    const dir = join(dirname(this.#root), 'quarantine');
    try {
      await mkdir(dir, { recursive: true });
      const aside = join(dir, `${basename(path)}.${Date.now()}`);
      await rename(path, aside);
      return aside;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw toStoreError(error, path);
    }
  }

  /** The same bytes are there already: they stay, and so do the links to them. Other bytes under this name are damage: set aside. */
  async #place(staged: string, digest: Digest, extension: string, size: number): Promise<void> {
    const target = this.blobPath(digest, extension);
    const there = lstatSync(target, { throwIfNoEntry: false }) ?? null;
    if (there !== null && there.isFile() && there.size === size && (await readEverything.digest(target)) === digest) {
      if ((there.mode & 0o222) !== 0) makeReadOnly(target);
      if (await isKept(target, there.mtimeMs)) return unlinkSync(staged);
    } else if (there !== null) await this.quarantine(target);
    chmodSync(staged, 0o444);
    renameInto(staged, target);
  }

  async #show(digest: string, entries: readonly TreeEntry[], prover: Prover): Promise<void> {
    const path = this.treePath(digest);
    await mkdir(dirname(path), { recursive: true });
    await showTree({ path, entries, blobPath: (of) => this.blobPath(of, '') }, prover).catch((error: unknown) => {
      throw toStoreError(error, path);
    });
  }
}

/**
 * Whether a blob that is there will stay: it is made fresh, so that a collection at the same moment does not take it for
 * forgotten. One that the collection had taken away already is not found any more (see execute/collect/remove-objects.ts).
 */
async function isKept(path: string, modifiedAt: number): Promise<boolean> {
  if (Date.now() - modifiedAt < FRESH_MS) return true;
  try {
    await utimes(path, new Date(), new Date());
    return true;
  } catch (error) {
    return systemErrorCode(error) !== 'ENOENT'; // another user's blob, or a read-only disk: it stays as it is
  }
}

async function readList(path: string): Promise<readonly TreeEntry[]> {
  return JSON.parse(await readFile(path, 'utf8')) as TreeEntry[];
}

/** Of another user's blob, or on a read-only disk, it stays as it is. */
function makeReadOnly(path: string): void {
  try {
    chmodSync(path, 0o444);
  } catch {}
}
