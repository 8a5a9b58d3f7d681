import { lstatSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { SluiceError } from '../errors/sluice-error.ts';
import type { FolderSource } from '../graph/port.ts';
import type { FolderInput } from '../graph/stage-body.ts';
import { type Digest, digestOfJson } from './digest.ts';
import type { StatCache } from './stat-cache.ts';
import { systemErrorCode } from '../util/error-code.ts';

/** A folder source as it was found. */
export interface FolderDigest extends FolderInput {
  /** File name to the digest of its content. */
  readonly entries: Readonly<Record<string, Digest>>;
}

/**
 * Resolves a folder source: which files it holds, and one digest over their names and contents (not over where they lie).
 * @throws SluiceError SOURCE_MISSING when the config names a folder that is not there
 */
export async function digestFolder(
  source: FolderSource,
  config: Readonly<Record<string, unknown>>,
  projectDir: string,
  stats: StatCache,
): Promise<FolderDigest> {
  const located = source.locate(config);
  if (located === null) return { folder: null, files: {}, digest: digestOfJson(null), entries: {} };
  const folder = isAbsolute(located) ? located : resolve(projectDir, located);
  const names = (await listFolder(folder, source.key)).filter((name) => source.include(name, config)).toSorted();
  const entries: [string, Digest][] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) continue; // a link to a folder
    const digest = await stats.digest(path);
    if (digest !== null) entries.push([name, digest]);
    else if (isLink(path))
      throw new SluiceError('SOURCE_MISSING', `${path} is a link to a file that is not there`, {
        hint: 'Bring the file back, or remove the link: without it the stage would run on less data.',
      });
  }
  return {
    folder,
    files: Object.fromEntries(entries.map(([name]) => [name, join(folder, name)])),
    digest: digestOfJson(entries),
    entries: Object.fromEntries(entries),
  };
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

async function listFolder(folder: string, key: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map((entry) => entry.name);
  } catch (error) {
    const notThere = ['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '');
    throw new SluiceError('SOURCE_MISSING', `${key} is "${folder}", which ${notThere ? 'is not a folder' : 'cannot be read'}`, {
      hint: `Point ${key} at the folder that holds the data: make run DATA=<folder>, or -S ${key}=<folder>.`,
      cause: error,
    });
  }
}
