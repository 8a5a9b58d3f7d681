import { readFile, realpath } from 'node:fs/promises';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { SluiceError } from '../errors/sluice-error.ts';
import { messageOf } from '../util/error-code.ts';
import { type Digest, digestOfJson } from './digest.ts';
import { packageFiles } from './package-files.ts';
import type { StatCache } from './stat-cache.ts';

/** What a lockfile, or a package itself, says of it. */
interface PackageEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  /** A package of this machine: npm keeps no digest of it. */
  readonly link?: boolean;
  /** Of a package that is for some machines only. */
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package and all that it can load. */
export interface PackageTree {
  /** Over place, version, integrity and installed code of each. */
  readonly digest: Digest;
  /** Place under the project, such as `node_modules/zod`, to version: for explanations. */
  readonly versions: Readonly<Record<string, string>>;
}

interface Reached {
  readonly version: string | null;
  /** Integrity, or a digest of the files; null where neither is known. */
  readonly proof: string | null;
  /** The version that is installed, where it is not the one that is locked. */
  readonly installed: string | null;
  /** Digest of the code that is installed; null where none is, or it is another on each machine. */
  readonly content: string | null;
  readonly dependencies: readonly string[];
  /** Where its own dependencies are looked for first. */
  readonly from: string;
}

/** What Node runs of a package on every machine: not its types, its documents, or what was compiled for this one. */
const CODE = /\.(?:[cm]?js|json|wasm)$/;

/** After a place: what is installed there, where another version is locked. */
export const INSTALLED = ' (installed)';

/** The lockfiles of npm, the one that counts first. */
export const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json'];

/**
 * What npm packages a project has: by version and digest of its lockfile, and by what is installed, since that is what runs: its
 * version where that is another, and its code. Places are relative to the folder of the lockfile, which may lie above the project.
 */
export class Lockfile {
  readonly #packages: Readonly<Record<string, PackageEntry>>;
  /** The lockfile's folder; null to go by the entries alone. */
  readonly #root: string | null;
  readonly #projectDir: string;
  readonly #trees = new Map<string, Promise<PackageTree>>();
  readonly #reached = new Map<string, Promise<Reached | null>>();
  readonly #looked = new Set<string>();

  constructor(
    packages: Readonly<Record<string, PackageEntry>>,
    folders: { readonly root: string; readonly projectDir: string } | null = null,
  ) {
    this.#packages = packages;
    this.#root = folders?.root ?? null;
    this.#projectDir = folders?.projectDir ?? '';
  }

  /** @throws SluiceError LOCK_FILE for a lockfile that cannot be read: its packages would count as others */
  static async open(projectDir: string): Promise<Lockfile> {
    const file = nearestLockfile(projectDir);
    if (file === null) return new Lockfile({}, { root: projectDir, projectDir });
    try {
      const { packages = {} } = JSON.parse(await readFile(file, 'utf8')) as { packages?: Record<string, PackageEntry> };
      const lockfile = new Lockfile(packages, { root: dirname(file), projectDir });
      lockfile.#looked.add(file);
      return lockfile;
    } catch (error) {
      throw new SluiceError('LOCK_FILE', `${file} cannot be read: ${messageOf(error)}`, {
        hint: 'Mend it, or have npm write it anew: npm install',
        cause: error,
      });
    }
  }

  /** The sub-tree of a package that the project imports. @param stats spares a second reading of a linked package's files */
  async subtree(name: string, stats: StatCache): Promise<PackageTree> {
    const known = this.#trees.get(name);
    if (known !== undefined) return known;
    const tree = this.#walk(name, stats);
    this.#trees.set(name, tree);
    return tree;
  }

  /** Files and folders that the answers so far rest on, the lockfile first. */
  looked(): readonly string[] {
    return [...this.#looked];
  }

  async #walk(name: string, stats: StatCache): Promise<PackageTree> {
    const found = new Map<string, Reached>();
    const visit = async (from: string, dependency: string): Promise<void> => {
      const place = this.#resolve(from, dependency);
      if (place === null || found.has(place)) return;
      const reached = await this.#reach(place, stats);
      if (reached === null) return;
      found.set(place, reached);
      for (const next of reached.dependencies) await visit(reached.from, next);
    };
    await visit(this.#root === null ? '' : slashed(relative(this.#root, this.#projectDir)), name);
    const list = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return {
      digest: digestOfJson(
        list.map(([place, { version, proof, installed, content }]) => [this.#key(place), version, proof, installed, content]),
      ),
      versions: Object.fromEntries(
        list.flatMap(([place, { version, installed }]) => {
          const shown = this.#shown(place);
          return [[shown, version ?? 'unknown'], ...(installed === null ? [] : [[`${shown}${INSTALLED}`, installed]])];
        }),
      ),
    };
  }

  /** What lies elsewhere is known by its name: the same project in another folder is the same. */
  #key(place: string): string {
    return place.startsWith('../') ? `../${place.split('node_modules/').at(-1) ?? ''}` : place;
  }

  #shown(place: string): string {
    return this.#root === null ? place : slashed(relative(this.#projectDir, join(this.#root, place)));
  }

  /** Node's own rule: the nearest node_modules upwards that has it. What is not locked is looked for on the disk. */
  #resolve(from: string, name: string): string | null {
    for (const base of basesOf(from)) {
      const place = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
      if (place in this.#packages) return place;
    }
    if (this.#root === null) return null;
    const root = this.#root;
    for (let dir = realOf(join(root, from)); ; dir = dirname(dir)) {
      const place = join(dir, 'node_modules', name);
      if (existsSync(join(place, 'package.json'))) return slashed(relative(root, realOf(place)));
      if (dirname(dir) === dir) return null;
    }
  }

  #reach(place: string, stats: StatCache): Promise<Reached | null> {
    const known = this.#reached.get(place) ?? this.#look(place, stats);
    this.#reached.set(place, known);
    return known;
  }

  async #look(place: string, stats: StatCache): Promise<Reached | null> {
    const entry = this.#packages[place];
    if (entry?.link === true) return this.#linked(entry.resolved ?? place, stats);
    const installed = this.#installed(place);
    const isOfMachine = (entry?.os ?? entry?.cpu) !== undefined;
    // Somebody may have edited what was installed: what runs is what counts.
    const content = installed === null || isOfMachine ? null : await this.#folderDigest(place, stats, (file) => CODE.test(file));
    if (entry === undefined) return installed === null ? null : { ...reachedAs(installed, null, place), content };
    const locked = { ...reachedAs(entry, entry.integrity ?? entry.resolved ?? null, place), content };
    // Not installed: an optional package of another system. Another version: that is the one that runs.
    if (installed === null || installed.version === entry.version) return locked;
    const { version, dependencies } = reachedAs(installed, null, place);
    return { ...locked, installed: version ?? 'unknown', dependencies };
  }

  async #linked(place: string, stats: StatCache): Promise<Reached> {
    return reachedAs(this.#packages[place] ?? this.#installed(place) ?? {}, await this.#folderDigest(place, stats), place);
  }

  /** What a package says of itself. */
  #installed(place: string): PackageEntry | null {
    if (this.#root === null) return null;
    const file = join(this.#root, place, 'package.json');
    this.#looked.add(file);
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as PackageEntry;
    } catch {
      return null;
    }
  }

  async #folderDigest(place: string, stats: StatCache, counts = (_file: string): boolean => true): Promise<string | null> {
    if (this.#root === null) return null;
    const folder = await realpath(join(this.#root, place)).catch(() => null);
    if (folder === null) return null;
    const files = (await packageFiles(folder)).filter(counts).toSorted();
    for (const file of files) this.#looked.add(file).add(dirname(file));
    return digestOfJson(await Promise.all(files.map(async (file) => [relative(folder, file), await stats.digest(file)])));
  }
}

function reachedAs(
  { version = null, ...entry }: Omit<PackageEntry, 'version'> & { version?: string | null },
  proof: string | null,
  from: string,
): Reached {
  const dependencies = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies });
  return { version, proof, installed: null, content: null, dependencies, from };
}

function nearestLockfile(from: string): string | null {
  for (let dir = from; ; dir = dirname(dir)) {
    const found = LOCKFILES.map((name) => join(dir, name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
    if (dirname(dir) === dir) return null;
  }
}

/** A folder and those above it, as far as the lockfile's; none that is a node_modules itself. */
function basesOf(from: string): readonly string[] {
  const parts = from === '' ? [] : from.split('/');
  const bases = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
  return [...bases.filter((base) => !base.endsWith('node_modules')), ''];
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
