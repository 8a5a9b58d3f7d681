import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface PackageContent {
  readonly files?: readonly string[];
  readonly main?: string;
}

/** The files of a package that lies in a folder of this machine: those that it would be published with, where it says which. */
export async function packageFiles(folder: string): Promise<string[]> {
  const { files, main } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}')) as PackageContent;
  if (files === undefined) return filesBelow(folder);
  const tops = new Set(['package.json', ...[...files, main ?? 'index.js'].map((path) => path.replace(/^\.?\//, '').split('/')[0] ?? '')]);
  const isPattern = [...tops].some((top) => /[*?{[]/.test(top));
  return filesBelow(folder, (name) => isPattern || tops.has(name));
}

/** Files of a package, but for what is installed inside it and its history. @param include which names at the top count */
async function filesBelow(folder: string, include: (name: string) => boolean = () => true): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => include(entry.name));
  const nested = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      .map((entry) => filesBelow(join(folder, entry.name))),
  );
  return [...entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name)), ...nested.flat()];
}
