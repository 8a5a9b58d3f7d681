import { statSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { digestOfFile, isDigest } from '../../fingerprint/digest.ts';

/**
 * Which artifact lies at a path, by its bytes: it may be a copy, anywhere. A folder is one of the store's own, which is named for its list.
 * @returns null where nothing lies there, or a folder that is none of the store's
 */
export async function digestAtPath(path: string): Promise<string | null> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return treeAbove(path) ?? digestOfFile(path);
  return found === undefined ? null : treeAbove(path);
}

/** `<artifacts>/objects/trees/<digest>`, of which a path may name a part. */
function treeAbove(path: string): string | null {
  for (let at = resolve(path); at !== dirname(at); at = dirname(at))
    if (isDigest(basename(at)) && dirname(at).endsWith(`${sep}objects${sep}trees`)) return basename(at);
  return null;
}
