import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { InstalledPackage } from './installed-package.ts';

/** What the new project needs to run and to be checked, with the command of each that has one. */
const PACKAGES: Readonly<Record<string, readonly [command: string, file: string] | null>> = {
  sluice: ['sluice', 'bin/sluice.mjs'],
  zod: null,
  typescript: ['tsc', 'bin/tsc'],
  '@types/node': null,
};

/**
 * Makes a new project run before `npm install`: packages that cannot be found from its folder are linked from where this
 * Sluice finds them. What is nowhere is left to npm.
 * @returns names of the packages linked
 */
export async function linkPackages(folder: string, sluice: InstalledPackage): Promise<readonly string[]> {
  const linked: string[] = [];
  for (const [name, command] of Object.entries(PACKAGES)) {
    const target = name === 'sluice' ? sluice.root : findPackage(name, sluice.root);
    if (target === null || findPackage(name, folder) !== null) continue;
    const modules = join(folder, 'node_modules');
    await link(target, join(modules, name));
    if (command !== null) await link(join(modules, name, command[1]), join(modules, '.bin', command[0]));
    linked.push(name);
  }
  return linked;
}

/** Node's own rule: the nearest node_modules upwards that has it. */
function findPackage(name: string, from: string): string | null {
  for (let dir = from; ; dir = dirname(dir)) {
    const place = join(dir, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (dirname(dir) === dir) return null;
  }
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(process.platform === 'win32' ? target : relative(dirname(path), target), path, 'junction');
}
