import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';
import { writeAtomic } from './write-atomic.ts';

/** How many of a stage's manifests a lookup considers, newest first. */
const LOOKUP_LIMIT = 50;

/** Manifests by stage: `<artifacts>/stages/<stage>/<fingerprint>.json`, and which one is the last good. */
export class ManifestStore {
  readonly #dir: string;

  constructor(artifactsDir: string) {
    this.#dir = join(artifactsDir, 'stages');
  }

  /** The commit of a stage: after this rename its outputs are good, before it they are nothing. */
  async commit(manifest: Manifest): Promise<void> {
    await writeAtomic(this.path(manifest.stage, manifest.fingerprint), JSON.stringify(manifest, null, 1));
    await this.markLatest(manifest);
  }

  async markLatest(manifest: Manifest): Promise<void> {
    const mark = join(this.#dir, manifest.stage, 'latest');
    const current = await readFile(mark, 'utf8').catch(() => null);
    if (current !== manifest.fingerprint) await writeAtomic(mark, manifest.fingerprint);
  }

  path(stage: string, fingerprint: string): string {
    return join(this.#dir, stage, `${fingerprint}.json`);
  }

  async latest(stage: string): Promise<Manifest | null> {
    try {
      return await this.#read(stage, `${await readFile(join(this.#dir, stage, 'latest'), 'utf8')}.json`);
    } catch {
      return null;
    }
  }

  /** All manifests of a stage, the most recently written first. */
  async candidates(stage: string): Promise<readonly Manifest[]> {
    const dir = join(this.#dir, stage);
    const names = (await readdir(dir).catch((): string[] => [])).filter((name) => name.endsWith('.json'));
    const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(dir, name))).mtimeMs })));
    const newest = dated.toSorted((a, b) => b.at - a.at).slice(0, LOOKUP_LIMIT);
    const read = await Promise.all(newest.map(({ name }) => this.#read(stage, name).catch(() => null)));
    return read.filter((manifest) => manifest !== null);
  }

  async #read(stage: string, name: string): Promise<Manifest> {
    const manifest = JSON.parse(await readFile(join(this.#dir, stage, name), 'utf8')) as Manifest;
    if (manifest.schema !== 1 || manifest.stage !== stage) throw new Error(`not a manifest of ${stage}: ${name}`);
    return manifest;
  }
}
