import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/** One digest of all that decides what the stages make: their sources, the native borders, the packages. */
export async function sourcesDigest(root = process.cwd()): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(root, 'package-lock.json')));
  for (const folder of ['stages', 'pipeline/native', 'serving/testing']) {
    const files = (await readdir(join(root, folder), { recursive: true })).filter((file) => /(?<!\.test)\.(ts|sql)$/.test(file));
    for (const file of files.toSorted()) hash.update(`${file}\n`).update(await readFile(join(root, folder, file)));
  }
  return hash.digest('hex');
}
