import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { failedDir } from '../../store/failed-attempts.ts';
import type { IndexedManifest } from '../../store/manifest-index.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import { diskUsage } from './disk-usage.ts';
import type { ObjectKind, StoredObject } from './stored-object.ts';

/** Everything below the artifacts folder that a collection may take. MLflow's folder, the outbox, pins and flights are nobody's garbage. */
export async function listObjects(artifactsDir: string, index: readonly IndexedManifest[]): Promise<readonly StoredObject[]> {
  const seen = new Set<string>();
  const list = async (kind: ObjectKind, dir: string, include: (name: string) => boolean = () => true): Promise<StoredObject[]> => {
    const names = (await readdir(dir).catch((): string[] => [])).filter(include).toSorted();
    return Promise.all(names.map(async (name) => toObject(kind, join(dir, name), name, seen)));
  };
  const objects = join(artifactsDir, 'objects');
  const records = await Promise.all(
    index.map(async ({ path, stage, fingerprint }) => toObject('record', path, `${stage} ${fingerprint.slice(0, 12)}`, seen)),
  );
  const blobs: StoredObject[] = [];
  for (const shard of await readdir(join(objects, 'sha256')).catch((): string[] => []))
    blobs.push(...(await list('blob', join(objects, 'sha256', shard))));
  const isDraft = (name: string): boolean => name.endsWith('.tmp');
  const stageFolders = [...new Set(index.map(({ stage }) => join(artifactsDir, 'stages', stage)))];
  return [
    ...records,
    ...blobs,
    ...(await list('columns', new ProjectionStore(artifactsDir).dir, (name) => !isDraft(name))),
    ...(await list('tree', join(objects, 'trees'), (name) => !isDraft(name))),
    ...(await list('run', join(artifactsDir, 'runs'))),
    ...(await list('failed', failedDir(artifactsDir))),
    ...(await list('quarantine', join(artifactsDir, 'quarantine'))),
    ...(await list('leftover', join(artifactsDir, 'staging'))),
    ...(await list('leftover', join(artifactsDir, 'collected'))),
    ...(
      await Promise.all(
        [join(objects, 'trees'), join(artifactsDir, 'projections'), ...stageFolders].map(async (dir) => list('leftover', dir, isDraft)),
      )
    ).flat(),
  ];
}

async function toObject(kind: ObjectKind, path: string, name: string, seen: Set<string>): Promise<StoredObject> {
  const { bytes, modifiedAt } = await diskUsage(path, seen);
  return { kind, path, name, bytes, modifiedAt };
}
