import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemErrorCode } from '../util/error-code.ts';
import { temporaryName } from '../util/temporary-name.ts';
import type { Prover } from './store.ts';
import { listTree, type TreeEntry } from './tree-list.ts';

export interface TreeView {
  /** Where the folder stands, or shall stand. */
  readonly path: string;
  readonly entries: readonly TreeEntry[];
  readonly blobPath: (digest: string) => string;
}

/**
 * Makes a directory artifact readable as a folder: hard links to its proven blobs, copies where the disk has no links.
 * What stands there already is kept when it shows exactly the entries, and replaced in one step when not: a reader sees the
 * old folder or the new one.
 */
export async function showTree(view: TreeView, prover: Prover): Promise<void> {
  if (await shows(view, prover)) return;
  const building = temporaryName(view.path);
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  for (const { path, digest } of view.entries) {
    const target = join(building, path);
    await mkdir(digest === null ? target : dirname(target), { recursive: true });
    if (digest !== null) await linkOrCopy(view.blobPath(digest), target);
  }
  await swapIn(building, view, prover);
}

/** Whether the folder holds the entries and nothing else. A stage may have written into it, or somebody edited it. */
async function shows({ path: tree, entries, blobPath }: TreeView, prover: Prover): Promise<boolean> {
  const found = await listTree(tree).catch(() => null);
  const paths = entries.map(({ path }) => path);
  if (found === null || [...found.files, ...found.emptyFolders].toSorted().join('\0') !== paths.toSorted().join('\0')) return false;
  for (const { path, digest } of entries) {
    if (digest === null) continue;
    const shown = join(tree, path);
    if (!(await sameInode(shown, blobPath(digest))) && (await prover.digest(shown)) !== digest) return false;
  }
  return true;
}

async function swapIn(building: string, view: TreeView, prover: Prover): Promise<void> {
  const discard = async (path: string): Promise<void> => rm(path, { recursive: true, force: true });
  for (let tries = 0; ; tries += 1) {
    try {
      await rename(building, view.path);
      return;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error) ?? '') || tries > 5) throw error;
    }
    if (await shows(view, prover)) return discard(building);
    const aside = temporaryName(view.path);
    await rename(view.path, aside).catch(() => {}); // another process may have moved it first
    await discard(aside);
  }
}

/** A file system without hard links, or with too many to one file, gets a copy: by reference where it can. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await chmod(to, 0o444);
  }
}

async function sameInode(a: string, b: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(a, { bigint: true }), stat(b, { bigint: true })]);
    return first.ino === second.ino && first.dev === second.dev;
  } catch {
    return false;
  }
}
