import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** `"extends": "./base.json"` or `["./a.json", "b"]`, in JSON with comments. */
const EXTENDS = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/;

/** Looks at each folder once, however many bundles have sources in it or below. Good for one command. */
export class BundleSettings {
  readonly #byFolder = new Map<string, readonly string[]>();

  /** @param files absolute; see {@link settingsOf} */
  of(files: Iterable<string>): ReadonlySet<string> {
    const found = new Set<string>();
    for (const folder of new Set(Array.from(files, dirname))) for (const file of this.#of(folder)) found.add(file);
    return found;
  }

  #of(folder: string): readonly string[] {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const above = dirname(folder) === folder ? [] : this.#of(dirname(folder));
    const settings = [...settingsOf(folder), ...above];
    this.#byFolder.set(folder, settings);
    return settings;
  }
}

/**
 * The files beside the sources that decide what a bundle of them becomes, whether they are there or not: package.json (what is shaken
 * off, subpath imports) and tsconfig.json (paths, what classes compile to) of a folder, with what that extends. Those of every folder
 * upwards count.
 */
function settingsOf(folder: string): ReadonlySet<string> {
  const found = new Set([join(folder, 'package.json')]);
  addConfig(join(folder, 'tsconfig.json'), found);
  return found;
}

function addConfig(file: string, found: Set<string>): void {
  if (found.has(file)) return;
  found.add(file);
  const list = EXTENDS.exec(read(file))?.[1] ?? '';
  for (const [, name = ''] of list.matchAll(/"([^"]*)"/g)) for (const base of extended(file, name)) addConfig(base, found);
}

/** Where a base may lie; of a package, where it lies. */
function extended(file: string, name: string): readonly string[] {
  if (/^\.{0,2}\//.test(name)) {
    const path = resolve(dirname(file), name);
    return path.endsWith('.json') ? [path] : [path, `${path}.json`];
  }
  const require = createRequire(file);
  for (const specifier of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      return [require.resolve(specifier)];
    } catch {
      // the next form
    }
  }
  return [];
}

function read(file: string): string {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}

/** Another release of the bundler makes other bundles. */
export function bundlerFile(): string {
  return createRequire(import.meta.url).resolve('esbuild/package.json');
}

const ENDINGS = ['', '.tsx', '.ts', '.jsx', '.js', '.css', '.json', '/package.json', '/index.tsx', '/index.ts', '/index.jsx', '/index.js'];

/** Files that are not there, and would be taken instead of the one that an import without its full name was resolved to. */
export function shadowsOf(importer: string, specifier: string, resolved: string): readonly string[] {
  const exact = resolve(dirname(importer), specifier);
  if (!specifier.startsWith('.') || exact === resolved) return [];
  const bases = [exact, exact.replace(/\.([cm]?)js$/, '.$1ts')];
  return [...new Set(bases.flatMap((base) => ENDINGS.map((ending) => `${base}${ending}`)))].filter((path) => path !== resolved);
}
