import { lockOfManifests } from '../../lock/lock-of-manifests.ts';
import { writeLock } from '../../lock/lock-file.ts';
import type { Pipeline } from '../../graph/stage.ts';
import type { Manifest } from '../../store/manifest.ts';
import { ManifestStore } from '../../store/manifest-store.ts';
import type { Project } from '../project/project.ts';
import type { RunRecord } from '../record/run-record.ts';

/** Writes `sluice.lock` from a whole run that succeeded. @returns whether it changed */
export async function keepLock(
  project: Project,
  pipeline: Pipeline,
  { record, configFile }: { readonly record: RunRecord; readonly configFile: string },
): Promise<boolean> {
  const store = new ManifestStore(project.artifactsDir);
  const manifests = new Map<string, Manifest>();
  for (const [stage, { fingerprint }] of Object.entries(record.stages)) {
    const manifest = (await store.candidates(stage)).find((candidate) => candidate.fingerprint === fingerprint);
    if (manifest !== undefined) manifests.set(stage, manifest);
  }
  return writeLock(project.dir, lockOfManifests({ pipeline, configFile, projectDir: project.dir, manifests }));
}
