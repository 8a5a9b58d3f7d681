import { FileStore } from '../../store/file-store.ts';
import { type IndexedManifest, namedArtifacts } from '../../store/manifest-index.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import type { Root } from './record-roots.ts';

export interface LivingPaths {
  /** Path of each record, blob, tree and columns record that lives, to the reason. */
  readonly living: ReadonlyMap<string, string>;
  /** Path of each blob and tree that any record names, to its name: STAGE.PORT. */
  readonly names: ReadonlyMap<string, string>;
}

/** Follows the records that live to what they name. */
export async function livingPaths(
  artifactsDir: string,
  index: readonly IndexedManifest[],
  roots: ReadonlyMap<string, Root>,
): Promise<LivingPaths> {
  const store = new FileStore(artifactsDir);
  const living = new Map<string, string>();
  const names = new Map<string, string>();
  const tables = new Map<string, string>();
  const remembered = new Set<string>();
  const add = (path: string, reason: string): void => void (living.has(path) || living.set(path, reason));
  for (const [path, { reason }] of roots) add(path, reason);
  for (const { owner, port, artifact } of namedArtifacts(index)) {
    const root = roots.get(owner.path);
    if (root !== undefined) remembered.add(artifact.digest);
    const name = `${owner.stage}.${port}`;
    if (root?.outputs === true) tables.set(artifact.digest, tables.get(artifact.digest) ?? name);
    const tree = artifact.kind === 'directory' ? [{ path: store.treePath(artifact.digest), within: null }] : [];
    for (const { path, within } of [...(await store.blobs(artifact)), ...tree]) {
      const shown = within === null ? name : `${name}/${within}`;
      if (root?.outputs === true) add(path, `${shown}: ${root.reason}`);
      names.set(path, names.get(path) ?? shown);
    }
  }
  for (const { path, record } of await new ProjectionStore(artifactsDir).all()) {
    if (record === null || !remembered.has(record.table)) continue;
    const columns = `columns ${Object.keys(record.projection.columns).join(', ')}`;
    const table = tables.get(record.table);
    add(path, table === undefined ? `${columns} of a table whose record lives` : `${columns} of ${table}, which lives`);
    if (table !== undefined) for (const blob of await store.blobs(record.projection)) add(blob.path, `${columns} of ${table}, which lives`);
  }
  return { living, names };
}
