import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { temporaryName } from '../util/temporary-name.ts';
import { bundlerFile, BundleSettings } from './bundle-settings.ts';
import { type Digest, digestOf } from './digest.ts';
import type { EnvReads } from './env-reads.ts';
import { type FileStamp, sameStamp } from './file-stamp.ts';
import { type BuiltEntry, runEsbuild, sourceFile } from './run-esbuild.ts';
import { SourceDesk } from './source-desk.ts';

/** One module with all it imports from this project; npm packages stay outside. */
export interface Bundle {
  /** The file that runs. */
  readonly path: string;
  /** sha256 of its bytes: the bytes that are hashed are the bytes that run. */
  readonly digest: Digest;
  /** npm packages that it imports: those of code that is left after shaking, not of every file that was looked at. */
  readonly packages: readonly string[];
  /** Source files, relative to the project, with the digest of each: for `why`, not part of the key. */
  readonly sources: Readonly<Record<string, Digest>>;
  /** Other files that decide what it becomes, whether they are there or not; absolute. */
  readonly settings: readonly string[];
  /** Environment variables that the project's own code names. */
  readonly envReads: EnvReads;
}

interface CachedBundle extends Bundle {
  readonly stamps: Readonly<Record<string, FileStamp | null>>;
  readonly guarded: boolean;
  /** Of its `envReads`, those of each file. */
  readonly readsByFile: Readonly<Record<string, EnvReads>>;
}

export interface BundleOptions {
  readonly projectDir: string;
  readonly cacheDir: string;
  /** Leaves `import('./run.ts')` in place with an absolute path, so that a graph loads without its bodies. */
  readonly keepDynamicImports?: boolean;
  /** Leaves the bodies of stages out: for a command, which reads declarations and runs no stage. */
  readonly leaveBodies?: boolean;
  /** Refuses sources of the project that could read what no fingerprint sees. */
  readonly refuseUntracked?: boolean;
}

/** How many modules one call of the bundler takes: it holds all their outputs at once. */
const AT_ONCE = 100;
const TRAILER = '//# sourceMappingURL=';
/** Changes when the same sources would become another bundle. */
const FORMAT = 4;

/** Sources of the library itself answer to its own tests, not to the rule about untracked reads. */
const LIBRARY = libraryFolder(dirname(fileURLToPath(import.meta.url))) + sep;

/** @param here this module's folder: `pipeline/fingerprint`, or `dist` when built */
function libraryFolder(here: string): string {
  return basename(here) === 'dist' ? join(dirname(here), 'pipeline') : dirname(here);
}

/**
 * Bundles a module with esbuild: tree-shaken, comments and names of locals dropped, `.sql` as text. An unchanged module
 * (by `stat` of every source) is not bundled again.
 * @throws SluiceError GRAPH_LOAD with file and line when the source does not compile, CODE_UNTRACKED for a read that no fingerprint sees
 */
export async function bundleModule(entry: string, options: BundleOptions): Promise<Bundle> {
  const bundler = new Bundler(options);
  return (
    bundler.cached(entry) ??
    bundler.build([entry], 'one').then((built) => built.get(entry) ?? Promise.reject(new Error(`${entry} was not built`)))
  );
}

/** Bundles many modules, the changed ones together. Those that do not compile are left out: {@link bundleModule} says why. */
export async function bundleModules(entries: readonly string[], options: BundleOptions): Promise<ReadonlyMap<string, Bundle>> {
  const bundler = new Bundler(options);
  const found = new Map(
    entries.flatMap((entry) => {
      const bundle = bundler.cached(entry);
      return bundle === null ? [] : [[entry, bundle] as const];
    }),
  );
  const missing = entries.filter((entry) => !found.has(entry));
  // The bundler, a process of its own, is at the next ones while this one writes those before.
  const under: Promise<ReadonlyMap<string, Bundle>>[] = [];
  const take = async (): Promise<void> => {
    for (const [entry, bundle] of (await under.shift()) ?? []) found.set(entry, bundle);
  };
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    under.push(bundler.build(missing.slice(from, from + AT_ONCE), 'many'));
    if (under.length > 1) await take();
  }
  while (under.length > 0) await take();
  return found;
}

class Bundler {
  readonly #options: BundleOptions;
  readonly #desk: SourceDesk;
  readonly #settings = new BundleSettings();
  readonly #bundler = bundlerFile();
  /** By entry: records of which a file has changed. What they say of the other files holds. */
  readonly #stale = new Map<string, CachedBundle>();

  constructor(options: BundleOptions) {
    this.#options = options;
    this.#desk = new SourceDesk(options.cacheDir);
  }

  /** Blocks: it reads two small files, for each of a thousand stages. */
  cached(entry: string): Bundle | null {
    try {
      const cached = JSON.parse(readFileSync(this.#record(entry), 'utf8')) as CachedBundle;
      if (this.#options.refuseUntracked === true && !cached.guarded) return null;
      const same = Object.entries(cached.stamps).every(([path, stamp]) => unchanged(stamp, this.#desk.stamp(path)));
      if (!same) this.#stale.set(entry, cached);
      return same && isIntact(cached) ? withoutStamps(cached) : null;
    } catch {
      return null;
    }
  }

  /** @param how of one, what is wrong is thrown; of many, those in which something is wrong are left out */
  async build(entries: readonly string[], how: 'one' | 'many'): Promise<ReadonlyMap<string, Bundle>> {
    const startedAt = Date.now();
    const leaveOut = (error: unknown): null => {
      if (how === 'one') throw error;
      return null;
    };
    const { cacheDir } = this.#options;
    for (const folder of ['code', 'bundles']) await mkdir(join(cacheDir, folder), { recursive: true });
    const built = (await runEsbuild(entries, this.#options).catch(leaveOut)) ?? new Map<string, BuiltEntry>();
    const finished = new Map<string, Bundle>();
    for (const [entry, result] of built) {
      try {
        finished.set(entry, this.#finish(entry, result, startedAt));
      } catch (error) {
        leaveOut(error);
      }
    }
    return finished;
  }

  #finish(entry: string, { code, map, format, output, files, shadows }: BuiltEntry, startedAt: number): Bundle {
    const { projectDir, cacheDir, refuseUntracked: guarded = false } = this.#options;
    const left = new Set(
      Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [sourceFile(projectDir, file)] : [])),
    );
    const sources: Record<string, Digest> = {};
    const stamps: Record<string, FileStamp | null> = {};
    const settings = [...this.#settings.of(files), ...shadows, this.#bundler];
    for (const file of settings) stamps[file] = atStart(this.#desk.stamp(file), startedAt);
    const readsByFile: Record<string, EnvReads> = {};
    const stale = this.#stale.get(entry);
    for (const file of files) {
      const isGuarded = guarded && left.has(file) && isProjectSource(file, projectDir);
      const known = stale === undefined ? null : this.#known(stale, file, isGuarded);
      const found = known ?? this.#look(file, isGuarded);
      if (found === null) continue;
      if (found.reads !== null) readsByFile[file] = found.reads;
      stamps[file] = known?.stamp ?? atStart(found.stamp, startedAt);
      sources[relative(projectDir, file)] = found.digest;
    }
    this.#stale.delete(entry);
    const digest = digestOf(code);
    const path = writeCode(join(cacheDir, 'code'), digest, { code, map, format });
    const bundle: Bundle = {
      path,
      digest,
      packages: externalPackages(output),
      sources,
      settings,
      envReads: Object.assign({}, ...Object.values(readsByFile)) as EnvReads,
    };
    writeWhole(this.#record(entry), JSON.stringify({ ...bundle, stamps, guarded, readsByFile } satisfies CachedBundle));
    return bundle;
  }

  /** What the last record found in a file that has not changed since; null where it did not look. */
  #known({ stamps, sources, readsByFile }: CachedBundle, file: string, isGuarded: boolean): FoundSource | null {
    const [stamp, digest, reads = null] = [stamps[file], sources[relative(this.#options.projectDir, file)], readsByFile[file]];
    if (stamp === null || stamp === undefined || digest === undefined || (isGuarded && reads === null)) return null;
    return this.#desk.isAsItWas(file, stamp) ? { stamp, digest, reads: isGuarded ? reads : null } : null;
  }

  #look(file: string, isGuarded: boolean): FoundSource | null {
    const facts = this.#desk.facts(file);
    return facts === null ? null : { ...facts, reads: isGuarded ? facts.guarded() : null };
  }

  #record(entry: string): string {
    const { cacheDir, keepDynamicImports, leaveBodies } = this.#options;
    const how = `${keepDynamicImports === true}${leaveBodies === true ? ' without bodies' : ''}`;
    return join(cacheDir, 'bundles', `${digestOf(`${FORMAT}\n${entry}\n${how}`).slice(0, 32)}.json`);
  }
}

interface FoundSource {
  readonly stamp: FileStamp;
  readonly digest: Digest;
  /** Null where nobody asked whether it could read what no fingerprint sees. */
  readonly reads: EnvReads | null;
}

/** What a command keeps of it: the stamps of a thousand bundles, each with its own keys, are megabytes. */
function withoutStamps({ stamps: _stamps, guarded: _guarded, readsByFile: _reads, ...bundle }: CachedBundle): Bundle {
  return bundle;
}

function unchanged(before: FileStamp | null, now: FileStamp | null): boolean {
  return before === null || now === null ? before === now : sameStamp(before, now);
}

/** The file that would run still holds the bytes that were hashed. */
function isIntact({ path, digest }: Bundle): boolean {
  const text = readFileSync(path, 'utf8');
  return digestOf(text.slice(0, text.lastIndexOf(TRAILER))) === digest;
}

function writeCode(dir: string, digest: string, { code, map, format }: Pick<BuiltEntry, 'code' | 'map' | 'format'>): string {
  const path = join(dir, `${digest.slice(0, 32)}${format === 'cjs' ? '.cjs' : '.mjs'}`);
  if (map !== undefined) writeFileSync(`${path}.map`, map);
  writeWhole(path, `${code}${TRAILER}${basename(path)}.map\n`);
  return path;
}

/** The folder is there already. Blocks, as {@link Bundler.cached} does. */
function writeWhole(path: string, text: string): void {
  const temporary = temporaryName(path);
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** A stamp counts as taken when the bundler began: a file that changed while it ran has a later ctime, and its stamp proves nothing. */
function atStart(stamp: FileStamp | null, startedAt: number): FileStamp | null {
  return stamp === null ? null : { ...stamp, seenAt: Math.min(stamp.seenAt, startedAt) };
}

function isProjectSource(file: string, projectDir: string): boolean {
  return file.startsWith(projectDir + sep) && !file.startsWith(LIBRARY) && !file.includes(`${sep}node_modules${sep}`);
}

function externalPackages({ imports }: Metafile['outputs'][string]): string[] {
  const specifiers = imports.filter((item) => item.external === true).map((item) => item.path);
  const names = specifiers
    .filter((path) => !/^(node:|\/|\.|file:|<)/.test(path) && !isBuiltin(path))
    .map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(names)].toSorted();
}
