import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { SluiceError } from '../errors/sluice-error.ts';

/** One line of a directory artifact's list. The digest is null for a folder without content; its path ends in a slash. */
export interface TreeEntry {
  readonly path: string;
  readonly digest: string | null;
}

/**
 * What a finished folder holds, by path relative to it, slashes on every system: files, and folders that are empty.
 * @throws SluiceError ARTIFACT_SCHEMA for a link, a pipe, a device: they are not content
 */
export async function listTree(folder: string): Promise<{ readonly files: readonly string[]; readonly emptyFolders: readonly string[] }> {
  const files: string[] = [];
  const emptyFolders: string[] = [];
  const visit = async (dir: string): Promise<void> => {
    const entries = await readdir(dir, { withFileTypes: true });
    const shown = relative(folder, dir).split(sep).join('/');
    if (entries.length === 0 && dir !== folder) emptyFolders.push(`${shown}/`);
    for (const entry of entries) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) files.push(shown === '' ? entry.name : `${shown}/${entry.name}`);
      else throw notContent(folder, path, entry.isSymbolicLink() ? 'a symbolic link' : 'neither a file nor a folder');
    }
  };
  await visit(folder);
  return { files: files.toSorted(), emptyFolders: emptyFolders.toSorted() };
}

export function notContent(artifact: string, path: string, what: string): SluiceError {
  return new SluiceError('ARTIFACT_SCHEMA', `${path} is ${what}: an artifact holds content, not a way to it`, {
    hint: `Write a copy of what it stands for instead${artifact === path ? '' : ', or leave it out of the directory'}.`,
  });
}
