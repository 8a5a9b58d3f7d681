import { mkdir } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { type ModuleText, packModules, writeModule } from './body-code.ts';
import type { Bundle, BundleOptions, BundleRecord, FileNote } from './bundle.ts';
import { bundlerFile, BundleSettings } from './bundle-settings.ts';
import { type Digest, digestOf } from './digest.ts';
import { type FileStamp, sameStamp } from './file-stamp.ts';
import { type BuiltEntry, runEsbuild, sourceFile } from './run-esbuild.ts';
import { SourceDesk } from './source-desk.ts';

/** Sources of the library itself answer to its own tests, not to the rule about untracked reads. */
const LIBRARY = libraryFolder(dirname(fileURLToPath(import.meta.url))) + sep;

/** @param here this module's folder: `pipeline/fingerprint`, or `dist` when built */
function libraryFolder(here: string): string {
  return basename(here) === 'dist' ? join(dirname(here), 'pipeline') : dirname(here);
}

/** Bundles modules, and judges whether records of earlier bundles hold. Looks at each file once: good for one command. */
export class Bundler {
  readonly #options: BundleOptions;
  readonly #desk: SourceDesk;
  readonly #settings = new BundleSettings();
  readonly #bundler = bundlerFile();
  readonly #isCurrent = new Map<FileNote, boolean>();
  /** Each note once, however many bundles share the file. */
  readonly #notes = new Map<string, FileNote>();

  constructor(options: BundleOptions) {
    this.#options = options;
    this.#desk = new SourceDesk(options.cacheDir);
  }

  /** Whether each file of a bundle is as it was. */
  holds({ sources, settings, guarded, packed: place }: BundleRecord): boolean {
    if (this.#options.refuseUntracked === true && !guarded) return false;
    if (place !== null && this.#desk.stamp(place.file) === null) return false;
    return sources.every((note) => this.#holds(note)) && settings.every((note) => this.#holds(note));
  }

  /**
   * @param how of one, what is wrong is thrown; of many, those in which something is wrong are left out
   * @param before records that do not hold any more: what they say of files that did not change does
   */
  async build(
    entries: readonly string[],
    how: 'one' | 'many',
    before: ReadonlyMap<string, BundleRecord>,
  ): Promise<ReadonlyMap<string, BundleRecord>> {
    const startedAt = Date.now();
    const leaveOut = (error: unknown): null => {
      if (how === 'one') throw error;
      return null;
    };
    await mkdir(join(this.#options.cacheDir, 'code'), { recursive: true });
    const built = (await runEsbuild(entries, this.#options).catch(leaveOut)) ?? new Map<string, BuiltEntry>();
    const finished: Finished[] = [];
    for (const [entry, result] of built) {
      if (how === 'many') await setImmediate(); // stages may be running meanwhile
      try {
        const { code, map = '' } = result;
        finished.push({ entry, text: { code, map }, record: this.#finish(result, startedAt, before.get(entry)) });
      } catch (error) {
        leaveOut(error);
      }
    }
    try {
      this.#desk.save();
      return how === 'one' ? written(finished) : packed(finished, this.#options.cacheDir);
    } catch (error) {
      leaveOut(error);
      return new Map();
    }
  }

  #finish(
    { code, format, output, files, shadows }: BuiltEntry,
    startedAt: number,
    before: BundleRecord | undefined,
  ): Omit<BundleRecord, 'packed'> {
    const { projectDir, cacheDir, refuseUntracked: guarded = false } = this.#options;
    const left = new Set(
      Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [sourceFile(projectDir, file)] : [])),
    );
    const known = new Map(before?.sources.map((note) => [note.path, note]));
    const sources = files.flatMap((file) => {
      const isGuarded = guarded && left.has(file) && isProjectSource(file, projectDir);
      return this.#known(known.get(file), isGuarded) ?? this.#look(file, isGuarded, startedAt) ?? [];
    });
    const digest = digestOf(code);
    return {
      path: join(cacheDir, 'code', `${digest.slice(0, 32)}${format === 'cjs' ? '.cjs' : '.mjs'}`),
      digest,
      packages: externalPackages(output),
      guarded,
      sources,
      settings: [...this.#settings.of(files), ...shadows, this.#bundler].map((path) => this.#setting(path, startedAt)),
    };
  }

  /** What an earlier record found in a file that has not changed since; null where it did not look. */
  #known(note: FileNote | undefined, isGuarded: boolean): FileNote | null {
    if (note === undefined || note.stamp === null || (isGuarded && note.reads === null)) return null;
    if (!this.#desk.isAsItWas(note.path, note.stamp)) return null;
    return isGuarded || note.reads === null ? note : this.#note({ ...note, reads: null });
  }

  #look(path: string, isGuarded: boolean, startedAt: number): FileNote | null {
    const facts = this.#desk.facts(path);
    if (facts === null) return null;
    const { stamp, digest } = facts;
    return this.#note({ path, stamp: atStart(stamp, startedAt), digest, reads: isGuarded ? facts.guarded() : null });
  }

  #setting(path: string, startedAt: number): FileNote {
    return this.#note({ path, stamp: atStart(this.#desk.stamp(path), startedAt), digest: null, reads: null });
  }

  #note(note: FileNote): FileNote {
    const key = `${note.path}\0${note.stamp?.seenAt} ${note.digest === null} ${note.reads === null}`;
    const same = this.#notes.get(key);
    if (same === undefined) this.#notes.set(key, note);
    return same ?? note;
  }

  #holds(note: FileNote): boolean {
    const known = this.#isCurrent.get(note);
    if (known !== undefined) return known;
    const now = this.#desk.stamp(note.path);
    const holds = note.stamp === null || now === null ? note.stamp === now : sameStamp(note.stamp, now);
    this.#isCurrent.set(note, holds);
    return holds;
  }
}

interface Finished {
  readonly entry: string;
  readonly text: ModuleText;
  readonly record: Omit<BundleRecord, 'packed'>;
}

function written(finished: readonly Finished[]): ReadonlyMap<string, BundleRecord> {
  for (const { record, text } of finished) writeModule(record.path, text);
  return new Map(finished.map(({ entry, record }) => [entry, { ...record, packed: null }]));
}

function packed(finished: readonly Finished[], cacheDir: string): ReadonlyMap<string, BundleRecord> {
  const places = packModules(
    cacheDir,
    finished.map(({ text }) => text),
  );
  return new Map(finished.map(({ entry, record }, index) => [entry, { ...record, packed: places[index] ?? null }]));
}

/** What a command keeps of a record. @param projectDir what its sources are told relative to */
export function bundleOf({ sources, settings, guarded: _guarded, ...rest }: BundleRecord, projectDir: string): Bundle {
  const digests: Record<string, Digest> = {};
  const envReads = {};
  for (const { path, digest, reads } of sources) {
    if (digest !== null) digests[relative(projectDir, path)] = digest;
    if (reads !== null) Object.assign(envReads, reads);
  }
  return { ...rest, sources: digests, settings: settings.map(({ path }) => path), envReads };
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
