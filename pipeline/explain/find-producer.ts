import type { Manifest } from '../store/manifest.ts';
import type { ManifestStore } from '../store/manifest-store.ts';
import { ProjectionStore } from '../store/projection-store.ts';

/** Finds which finished work made some bytes. */
export class ProducerFinder {
  readonly #manifests: Pick<ManifestStore, 'candidates'>;
  readonly #projections: ProjectionStore;
  #tables: Promise<ReadonlyMap<string, readonly string[]>> | null = null;

  constructor(manifests: Pick<ManifestStore, 'candidates'>, artifactsDir: string) {
    this.#manifests = manifests;
    this.#projections = new ProjectionStore(artifactsDir);
  }

  /**
   * The work that gave these bytes on a port: the last that had finished by then, else the first.
   * @param digest of the artifact, or of some columns of it
   */
  async find(stage: string, port: string, { digest, by }: { readonly digest: string; readonly by?: string }): Promise<Manifest | null> {
    const wholes = new Set([digest, ...((await this.#wholeTables()).get(digest) ?? [])]);
    const made = (await this.#manifests.candidates(stage))
      .filter(({ outputs }) => wholes.has(outputs[port]?.digest ?? ''))
      .toSorted((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
    return made.findLast(({ finishedAt }) => by === undefined || finishedAt <= by) ?? made[0] ?? null;
  }

  /** Digest of some columns to the digests of the tables that they were taken of. */
  #wholeTables(): Promise<ReadonlyMap<string, readonly string[]>> {
    this.#tables ??= this.#projections.all().then((entries) => {
      const tables = new Map<string, string[]>();
      for (const { record } of entries)
        if (record !== null) tables.set(record.projection.digest, [...(tables.get(record.projection.digest) ?? []), record.table]);
      return tables;
    });
    return this.#tables;
  }
}
