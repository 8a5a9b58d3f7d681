import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '../../store/file-store.ts';
import { indexManifests, namedArtifacts } from '../../store/manifest-index.ts';
import { diskUsage } from './disk-usage.ts';

export interface StageSize {
  readonly stage: string;
  /** Of the last good outputs, on disk. */
  readonly latest: number;
  /** Of outputs of older work that is still there; what is shared with the last good ones is not counted again. */
  readonly older: number;
  readonly records: number;
}

export interface StoreSizes {
  readonly stages: readonly StageSize[];
  /** Every folder below the artifacts folder; `objects` holds what the stages made. */
  readonly folders: Readonly<Record<string, number>>;
  readonly total: number;
}

/** Space on disk, in bytes: a blob counts for the stage whose last good outputs name it, else the newest record; once. */
export async function storeSizes(artifactsDir: string): Promise<StoreSizes> {
  const store = new FileStore(artifactsDir);
  const index = await indexManifests(artifactsDir);
  const sizes = new Map<string, { stage: string; latest: number; older: number; records: number }>();
  for (const { stage } of index)
    sizes.set(stage, { stage, latest: 0, older: 0, records: index.filter((entry) => entry.stage === stage).length });
  const seen = new Set<string>();
  for (const { owner, artifact } of namedArtifacts(index)) {
    const size = sizes.get(owner.stage);
    for (const { path } of await store.blobs(artifact)) {
      if (size === undefined || seen.has(path)) continue;
      seen.add(path);
      size[owner.latest ? 'latest' : 'older'] += (await diskUsage(path)).bytes;
    }
  }
  const inodes = new Set<string>();
  const folders: Record<string, number> = {};
  const names = (await readdir(artifactsDir).catch((): string[] => [])).toSorted(
    (a, b) => Number(b === 'objects') - Number(a === 'objects') || (a < b ? -1 : 1),
  );
  for (const name of names) folders[name] = (await diskUsage(join(artifactsDir, name), inodes)).bytes;
  return { stages: [...sizes.values()], folders, total: Object.values(folders).reduce((sum, bytes) => sum + bytes, 0) };
}
