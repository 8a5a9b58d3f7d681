import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Digest, digestOfJson } from './digest.ts';
import type { StatCache } from './stat-cache.ts';

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  /** A package of this machine: npm keeps no digest of it. */
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package and all that it can load. */
export interface PackageTree {
  /** Over place, version and integrity of each. */
  readonly digest: Digest;
  /** Place under the project, such as `node_modules/zod`, to version: for explanations. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A project's package-lock.json, asked for one package at a time. What it does not know is looked up where it is installed. */
export class Lockfile {
  readonly #packages: Readonly<Record<string, LockEntry>>;
  readonly #projectDir: string | null;
  readonly #trees = new Map<string, Promise<PackageTree>>();
  readonly #looked = new Set<string>();

  /** @param projectDir where packages are installed; null to go by the entries alone */
  constructor(packages: Readonly<Record<string, LockEntry>>, projectDir: string | null = null) {
    this.#packages = packages;
    this.#projectDir = projectDir;
  }

  static async open(projectDir: string): Promise<Lockfile> {
    try {
      const parsed = JSON.parse(await readFile(join(projectDir, 'package-lock.json'), 'utf8')) as { packages?: Record<string, LockEntry> };
      return new Lockfile(parsed.packages ?? {}, projectDir);
    } catch {
      return new Lockfile({}, projectDir);
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

  /** Files and folders beside the lockfile that the answers so far rest on: of linked packages, and of those that are not locked. */
  looked(): readonly string[] {
    return [...this.#looked];
  }

  async #walk(name: string, stats: StatCache): Promise<PackageTree> {
    const reached = new Map<string, readonly [version: string | null, proof: string | null]>();
    const visit = async (path: string): Promise<void> => {
      if (reached.has(path)) return;
      reached.set(path, [null, null]);
      const entry = this.#packages[path] ?? (await this.#installed(path));
      if (entry === null) return void reached.delete(path);
      const proof =
        entry.link === true ? await this.#folderDigest(entry.resolved ?? path, stats) : (entry.integrity ?? entry.resolved ?? null);
      const linked = entry.link === true ? (this.#packages[entry.resolved ?? ''] ?? {}) : {};
      reached.set(path, [entry.version ?? linked.version ?? null, proof]);
      const dependencies = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies, ...linked.dependencies };
      for (const dependency of Object.keys(dependencies)) await visit(this.#resolve(path, dependency));
    };
    await visit(this.#resolve('', name));
    const list = [...reached].map(([path, [version, proof]]) => [path, version, proof] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { digest: digestOfJson(list), versions: Object.fromEntries(list.map(([path, version]) => [path, version ?? 'unknown'])) };
  }

  /** Node's own rule: the nearest node_modules upwards that has it. */
  #resolve(from: string, name: string): string {
    let base = from;
    for (;;) {
      const path = `${base === '' ? '' : `${base}/`}node_modules/${name}`;
      if (path in this.#packages || base === '') return path;
      const cut = base.lastIndexOf('/node_modules/');
      base = cut < 0 ? '' : base.slice(0, cut);
    }
  }

  /** What a package that is not locked says of itself. */
  async #installed(path: string): Promise<LockEntry | null> {
    if (this.#projectDir === null) return null;
    const file = join(this.#projectDir, path, 'package.json');
    this.#looked.add(file);
    try {
      const { version, dependencies } = JSON.parse(await readFile(file, 'utf8')) as LockEntry;
      return { ...(version !== undefined && { version }), ...(dependencies !== undefined && { dependencies }) };
    } catch {
      return null;
    }
  }

  async #folderDigest(path: string, stats: StatCache): Promise<string | null> {
    if (this.#projectDir === null) return null;
    const folder = await realpath(join(this.#projectDir, path)).catch(() => null);
    if (folder === null) return null;
    const files = (await filesBelow(folder)).toSorted();
    for (const file of files) this.#looked.add(file).add(dirname(file));
    return digestOfJson(await Promise.all(files.map(async (file) => [relative(folder, file), await stats.digest(file)])));
  }
}

/** Files of a package, but for what is installed inside it and its history. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      .map((entry) => filesBelow(join(folder, entry.name))),
  );
  return [...entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name)), ...nested.flat()];
}
