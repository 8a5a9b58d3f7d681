import { SluiceError } from '../errors/sluice-error.ts';
import type { EventBody } from '../events/event.ts';
import { upstreamPorts } from '../graph/define-pipeline.ts';
import type { Stage } from '../graph/stage.ts';
import type { Manifest, StoredArtifact } from '../store/manifest.ts';
import type { LocatedArtifact } from './context/inputs.ts';
import { locateProjection } from './projection/project-columns.ts';
import type { Workspace } from './project/workspace.ts';

/** How a stage ended, as far as what comes after it is concerned. */
export interface Settled {
  /** Its record; null when it failed, was blocked or was cancelled. */
  readonly manifest: Manifest | null;
}

export type InputsReady =
  | { readonly ready: true; readonly digests: Readonly<Record<string, string | null>> }
  | { readonly ready: false; readonly blockedBy: string; readonly why: string };

/** The digest of each port that a stage takes, or what blocks it: a failed or blocked stage, or a rejected gate. Advisory inputs never block. */
export function resolveInputs(stage: Stage, settled: (name: string) => Settled): InputsReady {
  const digests: Record<string, string | null> = {};
  for (const { input, port, advisory } of upstreamPorts(stage)) {
    const { manifest } = settled(port.stage);
    const rejected = manifest?.gate?.verdict === 'rejected';
    if (!advisory && (manifest === null || rejected)) {
      return { ready: false, blockedBy: port.stage, why: rejected ? `gate ${port.stage} rejected` : `${port.stage} has no good outputs` };
    }
    digests[input] = manifest?.outputs[port.name]?.digest ?? null;
  }
  return { ready: true, digests };
}

/** Proves every input's bytes and says where each lies. @throws SluiceError STORE_CORRUPT, after setting the damaged blob aside */
export async function locateInputs(
  workspace: Workspace,
  stage: Stage,
  settled: (name: string) => Settled,
  emit: (event: EventBody) => void,
): Promise<Record<string, LocatedArtifact | null>> {
  const located: Record<string, LocatedArtifact | null> = {};
  for (const { input, port } of upstreamPorts(stage)) {
    const artifact = settled(port.stage).manifest?.outputs[port.name];
    if (artifact === undefined) {
      located[input] = null;
      continue;
    }
    const source = stage.inputs[input];
    if (source?.type === 'columns') {
      const onDamage = (path: string, digest: string): void =>
        emit({ type: 'artifact.quarantined', stage: port.stage, port: port.name, digest, path });
      const { path, digest, rows, columns } = await locateProjection(workspace, { stage, input, source, table: artifact.digest }, onDamage);
      located[input] = { path, digest, rows, columns };
      continue;
    }
    const path = await verifyArtifact(workspace, { stage: port.stage, port: port.name }, artifact, emit);
    if (path === null) {
      throw new SluiceError('STORE_CORRUPT', `input "${input}" of stage "${stage.name}" (${port.stage}.${port.name}) is damaged or gone`, {
        stage: stage.name,
        hint: `Run again: sluice run ${stage.name}. ${port.stage} will be made anew.`,
      });
    }
    located[input] = {
      path,
      digest: artifact.digest,
      ...(artifact.rows === undefined ? {} : { rows: artifact.rows }),
      ...(artifact.columns === undefined ? {} : { columns: artifact.columns }),
    };
  }
  return located;
}

/** @returns where a verified artifact lies; null when it is gone or damaged (it is then set aside and reported) */
export async function verifyArtifact(
  { store, stats }: Workspace,
  where: { stage: string; port: string },
  artifact: StoredArtifact,
  emit: (event: EventBody) => void,
): Promise<string | null> {
  const found = await store.verify(artifact, stats);
  if (found.ok) return found.path;
  if (found.reason === 'corrupt') {
    const path = await store.quarantine(found.path);
    if (path !== null) emit({ type: 'artifact.quarantined', ...where, digest: artifact.digest, path });
  }
  return null;
}
