import { SluiceError } from '../../errors/sluice-error.ts';
import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Stage } from '../../graph/stage.ts';
import type { Manifest } from '../../store/manifest.ts';
import { indexManifests } from '../../store/manifest-index.ts';
import { ProjectionStore } from '../../store/projection-store.ts';
import type { Settled } from '../resolve-inputs.ts';
import type { Workspace } from '../project/workspace.ts';

/**
 * The upstream records that a finished piece of work took its inputs from.
 * @throws SluiceError ARTIFACT_MISSING when one is no longer there
 */
export async function recordedInputs({ project, manifests }: Workspace, stage: Stage, done: Manifest): Promise<(name: string) => Settled> {
  const index = await indexManifests(project.artifactsDir);
  const found = new Map<string, Settled>();
  for (const upstream of new Set(upstreamPorts(stage).map(({ port }) => port.stage))) {
    const taken = upstreamPorts(stage).filter(({ port }) => port.stage === upstream);
    if (taken.every(({ input }) => (done.parts.inputs[input] ?? null) === null)) {
      found.set(upstream, { manifest: null });
      continue;
    }
    const latest = await manifests.latest(upstream);
    const known = [latest, ...index.filter((entry) => entry.stage === upstream).map(({ manifest }) => manifest)];
    let match: Manifest | null = null;
    for (const manifest of known)
      if (match === null && manifest !== null && (await gave(project.artifactsDir, stage, done, manifest))) match = manifest;
    if (match === null) {
      throw new SluiceError(
        'ARTIFACT_MISSING',
        `what stage "${stage.name}" took of "${upstream}" (${taken.map(({ port }) => port.name).join(', ')}) is no longer in the store`,
        {
          stage: stage.name,
          hint: `Bring it up to date first: sluice run ${stage.name}`,
        },
      );
    }
    found.set(upstream, { manifest: match });
  }
  return (name) => found.get(name) ?? { manifest: null };
}

/** Whether the outputs of a record are what the finished work took. */
async function gave(artifactsDir: string, stage: Stage, done: Manifest, upstream: Manifest): Promise<boolean> {
  for (const [input, source] of Object.entries(stage.inputs)) {
    if (source.type === 'folder') continue;
    const port = source.type === 'port' ? source : source.port;
    if (port.stage !== upstream.stage) continue;
    const given = upstream.outputs[port.name]?.digest ?? '';
    const seen = source.type === 'columns' ? (await new ProjectionStore(artifactsDir).find(given, source.columns))?.digest : given;
    if (seen !== done.parts.inputs[input]) return false;
  }
  return true;
}
