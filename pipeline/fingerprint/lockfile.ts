import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, digestOfJson } from './digest.ts';

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A project's package-lock.json, asked for one package at a time. */
export class Lockfile {
  readonly #packages: Readonly<Record<string, LockEntry>>;

  constructor(packages: Readonly<Record<string, LockEntry>>) {
    this.#packages = packages;
  }

  /** An absent lockfile knows no package: each is then keyed as "not locked". */
  static async open(projectDir: string): Promise<Lockfile> {
    try {
      const parsed = JSON.parse(await readFile(join(projectDir, 'package-lock.json'), 'utf8')) as { packages?: Record<string, LockEntry> };
      return new Lockfile(parsed.packages ?? {});
    } catch {
      return new Lockfile({});
    }
  }

  /** One digest over a package and all that it can load: name, version and integrity of each. */
  subtree(name: string): Digest {
    const reached = new Map<string, LockEntry>();
    const visit = (path: string): void => {
      const entry = this.#packages[path];
      if (entry === undefined || reached.has(path)) return;
      reached.set(path, entry);
      const dependencies = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies };
      for (const dependency of Object.keys(dependencies)) visit(this.#resolve(path, dependency));
    };
    visit(this.#resolve('', name));
    const list = [...reached].map(([path, { version, integrity }]) => [path, version ?? null, integrity ?? null]);
    return digestOfJson(list.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
  }

  version(name: string): string {
    return this.#packages[`node_modules/${name}`]?.version ?? 'not locked';
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
}
