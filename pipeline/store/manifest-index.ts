import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintOf } from '../fingerprint/fingerprint.ts';
import type { Manifest, StoredArtifact } from './manifest.ts';
import { parseManifest } from './manifest-text.ts';

export interface IndexedManifest {
  readonly path: string;
  readonly stage: string;
  readonly fingerprint: string;
  readonly modifiedAt: number;
  /** Null for a record that cannot be read, or does not match its own name. */
  readonly manifest: Manifest | null;
  /** The stage's last good work. */
  readonly latest: boolean;
}

/** One port's artifact, and the record that names it. */
export interface NamedArtifact {
  readonly owner: IndexedManifest;
  readonly port: string;
  readonly artifact: StoredArtifact;
}

/** All records of all stages, also of stages that the pipeline no longer has. For housekeeping: runs look up one stage at a time. */
export async function indexManifests(artifactsDir: string): Promise<readonly IndexedManifest[]> {
  const root = join(artifactsDir, 'stages');
  const stages = (await readdir(root, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return (await Promise.all(stages.toSorted().map(async (stage) => indexStage(root, stage)))).flat();
}

/** What the records name, the last good work of each stage first, then the newest. */
export function namedArtifacts(index: readonly IndexedManifest[]): readonly NamedArtifact[] {
  const ordered = index.toSorted(
    (a, b) => Number(b.latest) - Number(a.latest) || b.modifiedAt - a.modifiedAt || (a.path < b.path ? -1 : 1),
  );
  return ordered.flatMap((owner) => Object.entries(owner.manifest?.outputs ?? {}).map(([port, artifact]) => ({ owner, port, artifact })));
}

async function indexStage(root: string, stage: string): Promise<IndexedManifest[]> {
  const dir = join(root, stage);
  const latest = await readFile(join(dir, 'latest'), 'utf8').catch(() => '');
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).toSorted();
  const found = await Promise.all(
    names.map(async (name): Promise<IndexedManifest[]> => {
      const path = join(dir, name);
      const fingerprint = name.slice(0, -'.json'.length);
      const seen = await stat(path).catch(() => null); // collected in between
      return seen === null
        ? []
        : [
            {
              path,
              stage,
              fingerprint,
              modifiedAt: seen.mtimeMs,
              manifest: await readManifest(path, stage, fingerprint),
              latest: fingerprint === latest,
            },
          ];
    }),
  );
  return found.flat();
}

async function readManifest(path: string, stage: string, fingerprint: string): Promise<Manifest | null> {
  try {
    const manifest = parseManifest(await readFile(path, 'utf8'), stage);
    const isSound = manifest.fingerprint === fingerprint && fingerprintOf(manifest.parts) === fingerprint;
    return isSound ? manifest : null;
  } catch {
    return null;
  }
}
