import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { EventBody } from '../../events/event.ts';
import { FileStore } from '../../store/file-store.ts';
import type { Manifest } from '../../store/manifest.ts';
import { toStoreError } from '../../store/store-error.ts';
import { temporaryName } from '../../util/temporary-name.ts';
import { ulid } from '../../util/ulid.ts';
import type { ChildResult } from '../child/child-protocol.ts';
import { runnerFile } from '../child/program-file.ts';
import { runInChild } from '../execute-stage.ts';
import { findWork, type Work } from '../find-work.ts';
import { gitState } from '../record/git-state.ts';
import { locateInputs, resolveInputs, type Settled } from '../resolve-inputs.ts';
import { findStage } from '../project/select-stages.ts';
import type { Workspace } from '../project/workspace.ts';
import { compareArtifacts } from './compare-artifacts.ts';
import { recordedInputs } from './recorded-inputs.ts';

export interface RerunOptions {
  readonly workspace: Workspace;
  readonly stage: string;
  readonly signal: AbortSignal;
  readonly emit: (event: EventBody) => void;
}

export interface RerunResult {
  readonly stage: string;
  /** The run whose outputs are compared with. */
  readonly against: string;
  readonly ports: readonly { readonly port: string; readonly same: boolean; readonly difference: string | null }[];
}

/**
 * Executes a stage once more on the inputs that its last good outputs were made of, in a scratch folder, and compares every
 * port byte by byte. Commits nothing.
 * @throws SluiceError USAGE for an effect, ARTIFACT_MISSING, STALE when code, config or packages are not those of the record
 */
export async function rerunStage(options: RerunOptions): Promise<RerunResult> {
  const { workspace } = options;
  const stage = findStage(workspace.loaded.pipeline, options.stage);
  if (stage.kind === 'effect')
    throw new SluiceError('USAGE', `"${stage.name}" is an effect: it changes the world and cannot be tried again`, {
      hint: 'Name a compute stage or a gate.',
      stage: stage.name,
    });
  const done = await workspace.manifests.latest(stage.name);
  if (done === null)
    throw new SluiceError('ARTIFACT_MISSING', `stage "${stage.name}" has no good outputs to compare with`, {
      hint: `Make them: sluice run ${stage.name}`,
      stage: stage.name,
    });
  const settled = await recordedInputs(workspace, stage, done);
  const work = await sameWork(workspace, options.stage, done, settled);
  await requireWhole(workspace, done);
  const scratch = temporaryName(join(workspace.project.artifactsDir, 'staging', `rerun-${stage.name}`));
  try {
    const result = await execute(options, work, settled, scratch);
    return { stage: stage.name, against: done.run, ports: await comparePorts(workspace, done, result, scratch) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function sameWork(workspace: Workspace, name: string, done: Manifest, settled: (name: string) => Settled): Promise<Work> {
  const stage = findStage(workspace.loaded.pipeline, name);
  const inputs = resolveInputs(stage, settled);
  if (!inputs.ready)
    throw new SluiceError('STALE', `stage "${name}" would not run now: ${inputs.why}`, { stage: name, hint: `See: sluice plan ${name}` });
  const work = await findWork(workspace, stage, inputs.digests);
  if (work.match?.fingerprint === done.fingerprint) return work;
  throw new SluiceError(
    'STALE',
    `stage "${name}" is not what made its last good outputs: ${work.changes.join(', ') || 'its config was another'}`,
    { stage: name, hint: `Bring it up to date first: sluice run ${name}` },
  );
}

async function requireWhole({ store, stats }: Workspace, done: Manifest): Promise<void> {
  for (const [port, artifact] of Object.entries(done.outputs)) {
    if ((await store.verify(artifact, stats)).ok) continue;
    throw new SluiceError('STORE_CORRUPT', `${done.stage}.${port} is damaged or gone: there is nothing to compare with`, {
      stage: done.stage,
      hint: `Make it anew: sluice run ${done.stage}`,
    });
  }
}

async function execute(
  { workspace, signal, emit }: RerunOptions,
  work: Work,
  settled: (name: string) => Settled,
  scratch: string,
): Promise<ChildResult> {
  const folders = { stagingDir: join(scratch, 'out'), tempDir: join(scratch, 'temp'), artifactsDir: join(scratch, 'store') };
  try {
    for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  } catch (error) {
    throw toStoreError(error, scratch);
  }
  const inputs = await locateInputs(workspace, work.stage, settled, emit);
  const [runner, git] = [await runnerFile(workspace.project), await gitState(workspace.project.dir)];
  return runInChild({ workspace, work, inputs, runner, git, runId: ulid(), tracking: null, signal, emit }, folders);
}

async function comparePorts(workspace: Workspace, done: Manifest, result: ChildResult, scratch: string): Promise<RerunResult['ports']> {
  const again = new FileStore(join(scratch, 'store'));
  const ports: { port: string; same: boolean; difference: string | null }[] = [];
  for (const [port, artifact] of Object.entries(done.outputs)) {
    const made = result.outputs[port];
    const difference =
      made === undefined
        ? 'it was not written'
        : await compareArtifacts({ store: workspace.store, artifact }, { store: again, artifact: made }, join(scratch, 'temp'));
    ports.push({ port, same: difference === null, difference });
  }
  return ports;
}
