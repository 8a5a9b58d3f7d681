import type { FileStore } from '../../store/file-store.ts';
import type { StoredArtifact } from '../../store/manifest.ts';
import type { StoredBlob } from '../../store/store.ts';
import { firstDifference } from './first-byte.ts';

export interface Side {
  readonly store: FileStore;
  readonly artifact: StoredArtifact;
}

/** What differs first between two artifacts of one port, in words; null where their bytes are the same. */
export async function compareArtifacts(before: Side, after: Side, tempDir: string): Promise<string | null> {
  const { artifact } = before;
  if (artifact.digest === after.artifact.digest) return null;
  if (artifact.kind === 'directory') return compareDirectories(before, after);
  const [one, other] = [
    before.store.blobPath(artifact.digest, artifact.extension),
    after.store.blobPath(after.artifact.digest, after.artifact.extension),
  ];
  if (artifact.kind === 'table') {
    const { firstCell } = await import('./first-cell.ts');
    return (await firstCell(one, other, tempDir)) ?? `all values are the same, the file is not: ${await firstDifference(one, other)}`;
  }
  return firstDifference(one, other);
}

async function compareDirectories(before: Side, after: Side): Promise<string> {
  const files = async ({ store, artifact }: Side): Promise<ReadonlyMap<string, StoredBlob>> =>
    new Map((await store.blobs(artifact)).flatMap((blob) => (blob.within === null ? [] : [[blob.within, blob]])));
  const [one, other] = [await files(before), await files(after)];
  for (const path of [...new Set([...one.keys(), ...other.keys()])].toSorted()) {
    const [was, is] = [one.get(path), other.get(path)];
    if (was === undefined) return `${path} is new`;
    if (is === undefined) return `${path} is gone`;
    if (was.digest !== is.digest) return `${path}, ${await firstDifference(was.path, is.path)}`;
  }
  return 'its empty folders differ';
}
