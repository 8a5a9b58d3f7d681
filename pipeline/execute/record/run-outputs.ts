import { join } from 'node:path';
import type { Manifest, StoredArtifact } from '../../store/manifest.ts';
import { ManifestStore } from '../../store/manifest-store.ts';
import { storedPath } from '../answers/artifact-path.ts';
import type { Project } from '../project/project.ts';
import type { RunRecord } from './run-record.ts';

export interface RunOutput {
  readonly stage: string;
  readonly port: string;
  readonly artifact: StoredArtifact;
  /** Where it lies in the store; whether it is still there is not looked at. */
  readonly path: string;
}

/** The artifacts that the stages of a run made or reused, in the order of the run. */
export async function runOutputs(project: Project, record: RunRecord): Promise<readonly RunOutput[]> {
  const manifests = new ManifestStore(project.artifactsDir);
  const outputs: RunOutput[] = [];
  for (const [stage, { fingerprint }] of Object.entries(record.stages)) {
    if (fingerprint === null) continue;
    const manifest: Manifest | undefined = (await manifests.candidates(stage)).find((candidate) => candidate.fingerprint === fingerprint);
    for (const [port, artifact] of Object.entries(manifest?.outputs ?? {})) {
      outputs.push({ stage, port, artifact, path: storedPath(project, artifact) });
    }
  }
  return outputs;
}

/** Where a run's reports are put for people: `<project>/reports/<run>/`. */
export function reportsDir(project: Project, runId: string): string {
  return join(project.dir, 'reports', runId);
}
