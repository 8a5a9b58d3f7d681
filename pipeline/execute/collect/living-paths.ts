import { FileStore } from '../../store/file-store.ts';
import { type IndexedManifest, namedArtifacts } from '../../store/manifest-index.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import type { Root } from './record-roots.ts';

/** Path of each record, blob, tree and columns record that lives, to the reason. */
export async function livingPaths(
  artifactsDir: string,
  index: readonly IndexedManifest[],
  roots: ReadonlyMap<string, Root>,
): Promise<ReadonlyMap<string, string>> {
  const store = new FileStore(artifactsDir);
  const living = new Map<string, string>();
  const tables = new Map<string, string>();
  const remembered = new Set<string>();
  const add = (path: string, reason: string): void => void (living.has(path) || living.set(path, reason));
  for (const [path, { reason }] of roots) add(path, reason);
  for (const { owner, port, artifact } of namedArtifacts(index)) {
    const root = roots.get(owner.path);
    if (root !== undefined) remembered.add(artifact.digest);
    if (root?.outputs !== true) continue;
    const name = `${owner.stage}.${port}`;
    const reason = `${name}: ${root.reason}`;
    for (const blob of await store.blobs(artifact))
      add(blob.path, blob.within === null ? reason : `${name}/${blob.within}: ${root.reason}`);
    if (artifact.kind === 'directory') add(store.treePath(artifact.digest), reason);
    tables.set(artifact.digest, tables.get(artifact.digest) ?? name);
  }
  for (const { path, record } of await new ProjectionStore(artifactsDir).all()) {
    if (record === null || !remembered.has(record.table)) continue;
    const columns = `columns ${Object.keys(record.projection.columns).join(', ')}`;
    const table = tables.get(record.table);
    add(path, table === undefined ? `${columns} of a table whose record lives` : `${columns} of ${table}, which lives`);
    if (table !== undefined) for (const blob of await store.blobs(record.projection)) add(blob.path, `${columns} of ${table}, which lives`);
  }
  return living;
}
