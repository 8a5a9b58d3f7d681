import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../errors/sluice-error.ts';
import { messageOf } from '../util/error-code.ts';
import { installedPackage } from './installed-package.ts';
import { linkPackages } from './link-packages.ts';
import { projectPackage } from './project-package.ts';

/** What may lie in the folder already: that of `git init` and `npm install sluice`. */
const HARMLESS: ReadonlySet<string> = new Set(['.git', '.npmrc', '.nvmrc', 'node_modules', 'package.json', 'package-lock.json']);

export interface InitResult {
  /** Relative to the folder, sorted. */
  readonly files: readonly string[];
  /** Packages linked from this installation, so that the project runs before npm has been asked for anything. */
  readonly linked: readonly string[];
}

/**
 * Makes a small pipeline in an empty folder.
 * @param folder absolute path; made where it is not there
 * @throws SluiceError USAGE where something is in the folder, or it cannot be written
 */
export async function initProject(folder: string): Promise<InitResult> {
  const sluice = installedPackage();
  const template = join(sluice.root, 'pipeline/scaffold/template');
  try {
    await mkdir(folder, { recursive: true });
    const existing = await existingPackage(folder);
    await cp(template, folder, { recursive: true, errorOnExist: true, force: false });
    await rename(join(folder, 'gitignore'), join(folder, '.gitignore'));
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(projectPackage(folder, sluice, existing), null, 2)}\n`);
    const linked = await linkPackages(folder, sluice);
    return { files: await filesOf(template), linked };
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    throw new SluiceError('USAGE', `cannot make a project in ${folder}: ${messageOf(error)}`, {
      hint: 'Name a folder that you may write: sluice init my-pipeline',
      cause: error,
    });
  }
}

/** @returns the package.json that is there, empty for none @throws SluiceError USAGE where there is anything else */
async function existingPackage(folder: string): Promise<Readonly<Record<string, unknown>>> {
  const names = await readdir(folder);
  const found = names.filter((name) => !HARMLESS.has(name)).toSorted();
  if (found.length > 0) {
    const shown = found.slice(0, 3).join(', ');
    throw new SluiceError('USAGE', `${folder} is not empty: it holds ${shown}${found.length > 3 ? ` and ${found.length - 3} more` : ''}`, {
      hint: 'Name an empty folder or a new one: sluice init my-pipeline',
    });
  }
  if (!names.includes('package.json')) return {};
  const existing = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
  if ('sluice' in existing)
    throw new SluiceError('USAGE', `${folder} is a project already: its package.json has a "sluice" entry`, {
      hint: 'See what it has: sluice graph',
    });
  return existing;
}

async function filesOf(template: string): Promise<readonly string[]> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(template.length + 1));
  return [...files.map((file) => (file === 'gitignore' ? '.gitignore' : file)), 'package.json'].toSorted();
}
