import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';
import { manifestText, parseManifest } from './manifest-text.ts';
import { toStoreError } from './store-error.ts';
import { writeAtomic } from './write-atomic.ts';

/** How many of a stage's manifests a lookup considers, newest first. */
const LOOKUP_LIMIT = 50;

/**
 * Manifests by stage: `<artifacts>/stages/<stage>/<fingerprint>.json`, and which one is the last good. Lookups
 * block: they read small files, and a thousand stages of them take a fifth of the time that way.
 */
export class ManifestStore {
  readonly #dir: string;
  /** By path: a record that was not replaced is not parsed again. Planning asks several times a stage. */
  readonly #read = new Map<string, { readonly stamp: string; readonly manifest: Manifest }>();

  constructor(artifactsDir: string) {
    this.#dir = join(artifactsDir, 'stages');
  }

  /**
   * The commit of a stage: after this rename its outputs are good, before it they are nothing.
   * @param draftsDir a folder that is the writer's alone and is moved away when its work is given to another: then nothing can be
   * renamed from it, so a writer that slept through that commits nothing, however far it had come
   * @throws SluiceError STORE_DISK_FULL, STORE_READ_ONLY; a system error ENOENT when the folder was moved away
   */
  async commit(manifest: Manifest, draftsDir: string): Promise<void> {
    const target = this.path(manifest.stage, manifest.fingerprint);
    try {
      await writeAtomic(target, manifestText(manifest), join(draftsDir, 'manifest'));
      await this.markLatest(manifest, join(draftsDir, 'latest'));
    } catch (error) {
      throw toStoreError(error, target);
    }
  }

  /** @param draft where the mark is written before it is renamed. @default beside it */
  async markLatest(manifest: Manifest, draft?: string): Promise<void> {
    const mark = join(this.#dir, manifest.stage, 'latest');
    if (textOf(mark) !== manifest.fingerprint) await writeAtomic(mark, manifest.fingerprint, draft);
  }

  path(stage: string, fingerprint: string): string {
    return join(this.#dir, stage, `${fingerprint}.json`);
  }

  /** The last good work. */
  async latest(stage: string): Promise<Manifest | null> {
    try {
      const fingerprint = readFileSync(join(this.#dir, stage, 'latest'), 'utf8');
      return this.#record(stage, `${fingerprint}.json`);
    } catch {
      return null;
    }
  }

  /** All manifests of a stage, the most recently written first. */
  async candidates(stage: string): Promise<readonly Manifest[]> {
    const dir = join(this.#dir, stage);
    const names = namesIn(dir).filter((name) => name.endsWith('.json'));
    const dated =
      names.length < 2 ? names.map((name) => ({ name, at: 0 })) : names.map((name) => ({ name, at: modifiedAt(join(dir, name)) }));
    const newest = dated.toSorted((a, b) => b.at - a.at).slice(0, LOOKUP_LIMIT);
    return newest.flatMap(({ name }) => {
      try {
        return [this.#record(stage, name)];
      } catch {
        return [];
      }
    });
  }

  #record(stage: string, name: string): Manifest {
    const path = join(this.#dir, stage, name);
    const { ino, ctimeNs, size } = statSync(path, { bigint: true });
    const stamp = `${ino} ${ctimeNs} ${size}`;
    const known = this.#read.get(path);
    if (known?.stamp === stamp) return known.manifest;
    const manifest = parseManifest(readFileSync(path, 'utf8'), stage);
    this.#read.set(path, { stamp, manifest });
    return manifest;
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** Ms since the epoch; 0 for a record that a collection has just removed. */
function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
