import { stat } from 'node:fs/promises';
import { FileStore, readEverything } from '../../store/file-store.ts';
import { indexManifests, namedArtifacts } from '../../store/manifest-index.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import type { Store, StoredBlob } from '../../store/store.ts';
import { damagedRuns } from '../record/run-record.ts';

export interface Damage {
  /** STAGE.PORT of the first record that names it; for a record itself its stage or its run. */
  readonly name: string;
  /** The stage to run so that it is made anew; null where nothing has to be done, or nothing can. */
  readonly stage: string | null;
  /** The path within a directory artifact. */
  readonly within: string | null;
  readonly problem: 'damaged' | 'gone' | 'unreadable record';
  readonly path: string;
  /** Where a damaged blob was set aside. */
  readonly aside: string | null;
}

export interface VerifyResult {
  readonly blobs: number;
  readonly bytes: number;
  readonly damaged: readonly Damage[];
}

interface ToProve {
  readonly blob: StoredBlob;
  readonly name: string;
  readonly stage: string | null;
}

/**
 * Reads every byte of what records name, whatever was proven before, and sets damaged blobs aside.
 * @param options.all every record that is there; else the last good work of each stage
 */
export async function verifyStore(
  artifactsDir: string,
  options: { readonly all: boolean; readonly onBlob?: (done: number, total: number) => void },
): Promise<VerifyResult> {
  const store = new FileStore(artifactsDir);
  const index = (await indexManifests(artifactsDir)).filter(
    ({ latest, manifest }) => (options.all || latest) && manifest?.collectedAt === undefined,
  );
  const damaged: Damage[] = index.flatMap(({ manifest, stage, path }) =>
    manifest === null ? [{ name: stage, stage, within: null, problem: 'unreadable record' as const, path, aside: null }] : [],
  );
  for (const { id, path } of await damagedRuns({ artifactsDir }))
    damaged.push({ name: `run ${id}`, stage: null, within: null, problem: 'unreadable record', path, aside: null });
  const wanted = await blobsToProve(artifactsDir, store, index);
  let [done, bytes] = [0, 0];
  for (const one of wanted.values()) {
    const { size, problem } = await prove(one.blob);
    bytes += size;
    if (problem !== null)
      damaged.push({
        ...one,
        within: one.blob.within,
        path: one.blob.path,
        problem,
        aside: problem === 'damaged' ? await setAside(store, one.blob.path) : null,
      });
    options.onBlob?.((done += 1), wanted.size);
  }
  return {
    blobs: wanted.size,
    bytes,
    damaged: damaged.map(({ name, stage, within, problem, path, aside }) => ({ name, stage, within, problem, path, aside })),
  };
}

/** Each blob once, under the name of the first record that has it: the last good ones come first. */
async function blobsToProve(
  artifactsDir: string,
  store: Store,
  index: Awaited<ReturnType<typeof indexManifests>>,
): Promise<ReadonlyMap<string, ToProve>> {
  const wanted = new Map<string, ToProve>();
  const add = (blob: StoredBlob, name: string, stage: string | null): void => {
    if (!wanted.has(blob.path)) wanted.set(blob.path, { blob, name, stage });
  };
  const tables = new Map<string, string>();
  for (const { owner, port, artifact } of namedArtifacts(index)) {
    const name = `${owner.stage}.${port}`;
    for (const blob of await store.blobs(artifact)) add(blob, name, owner.latest ? owner.stage : null);
    tables.set(artifact.digest, tables.get(artifact.digest) ?? name);
  }
  for (const { record } of await new ProjectionStore(artifactsDir).all()) {
    const of = record === null ? undefined : tables.get(record.table);
    if (record === null || of === undefined) continue;
    for (const blob of await store.blobs(record.projection))
      add(blob, `columns ${Object.keys(record.projection.columns).join(', ')} of ${of}`, null);
  }
  return wanted;
}

/** A read-only store still gets its answer. */
async function setAside(store: Store, path: string): Promise<string | null> {
  return store.quarantine(path).catch(() => null);
}

async function prove({ path, digest }: StoredBlob): Promise<{ readonly size: number; readonly problem: 'damaged' | 'gone' | null }> {
  try {
    const found = await readEverything.digest(path);
    if (found === null) return { size: 0, problem: 'gone' };
    return { size: (await stat(path)).size, problem: found === digest ? null : 'damaged' };
  } catch {
    return { size: 0, problem: 'damaged' }; // the disk itself cannot read it
  }
}
