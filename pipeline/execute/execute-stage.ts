import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { deserializeError, serializeError, type SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import type { EventBody } from '../events/event.ts';
import { digestOfJson } from '../fingerprint/digest.ts';
import { fingerprintOf, pickParams } from '../fingerprint/fingerprint.ts';
import { libraryVariables } from '../fingerprint/native-identity.ts';
import type { Stage } from '../graph/stage.ts';
import type { TrackingTarget } from '../graph/stage-body.ts';
import { keepFailedAttempt } from '../store/failed-attempts.ts';
import { FileStore } from '../store/file-store.ts';
import type { Manifest } from '../store/manifest.ts';
import { removeFolder } from '../store/remove-folder.ts';
import { toStoreError } from '../store/store-error.ts';
import { parseDurationMs } from '../util/parse-quantity.ts';
import { attemptDir } from './attempt-dir.ts';
import { bodyTextOf } from './child/body-text.ts';
import { childEnv } from './child/child-env.ts';
import type { ChildResult } from './child/child-protocol.ts';
import { heapMb } from './child/crash-of.ts';
import { placeStaged } from './child/place-staged.ts';
import { type ChildSpec, runChild } from './child/run-child.ts';
import { declarationOf } from './child/stage-declaration.ts';
import type { LocatedArtifact } from './context/inputs.ts';
import type { Work } from './find-work.ts';
import type { Flight } from './flight/flight.ts';
import { FlightLost } from './flight/join-or-fly.ts';
import { bodyFile, schemaDigests } from './project/load-pipeline.ts';
import { refuseMovedInputs } from './refuse-moved-inputs.ts';
import { withRetries } from './retry/with-retries.ts';
import { demandOf, machineBudget } from './scheduling/machine-budget.ts';
import { stageConfig } from './project/stage-config.ts';
import type { Workspace } from './project/workspace.ts';

export interface ExecuteOptions {
  readonly workspace: Workspace;
  readonly work: Work;
  readonly inputs: Readonly<Record<string, LocatedArtifact | null>>;
  readonly runner: string;
  readonly runId: string;
  readonly git: { readonly commit: string | null; readonly dirty: boolean };
  readonly tracking: TrackingTarget | null;
  readonly signal: AbortSignal;
  readonly emit: (event: EventBody) => void;
  /** Called when its body has ended well, for good: what it made is still to be committed. */
  readonly onBodyEnd?: () => void;
}

export interface FlyOptions extends ExecuteOptions {
  /** What makes this process the only one that executes the work. */
  readonly flight: Flight;
}

export interface Executed {
  readonly manifest: Manifest;
  readonly confirmed: boolean;
  /** How many attempts it took, from 1. */
  readonly attempts: number;
}

/**
 * Executes a stage, again where it failed in a way that may pass and its declaration says `retries`.
 * @throws SluiceError; FlightLost when another process has taken the work over meanwhile
 */
export async function executeStage(options: FlyOptions): Promise<Executed> {
  const { name, resources } = options.work.stage;
  const { value, attempts } = await withRetries({ ...options, stage: name, retries: resources.retries }, () => attemptStage(options));
  return { ...value, attempts };
}

/** Runs a stage's body in a child of its own and commits what it made. A body that failed leaves nothing behind that a later run could take for good. */
async function attemptStage(options: FlyOptions): Promise<Omit<Executed, 'attempts'>> {
  const { workspace, work, runId, flight } = options;
  const { stage } = work;
  const from = performance.now();
  const attempt = attemptDir(workspace.project.artifactsDir, stage.name, runId);
  const [stagingDir, tempDir] = [join(attempt, 'out'), join(attempt, 'temp')];
  try {
    mkdirSync(stagingDir, { recursive: true });
  } catch (error) {
    throw toStoreError(error, attempt);
  }
  try {
    const result = await runInChild(
      { ...options, signal: AbortSignal.any([options.signal, flight.lost]) },
      { stagingDir, tempDir, artifactsDir: workspace.project.artifactsDir },
    );
    await refuseMovedInputs(workspace, work);
    const manifest = await commit(options, result, Math.round(performance.now() - from));
    return { manifest, confirmed: result.confirmed };
  } catch (error) {
    if (await flight.isLost()) throw new FlightLost(stage.name);
    throw await keptAside(options, stagingDir, toSluiceError(error, 'INTERNAL', stage.name));
  } finally {
    await removeFolder(attempt, ['out', 'temp']);
  }
}

/** A cancelled attempt is no failure, and one that only missed the server is kept in the outbox. */
async function keptAside({ workspace, work, runId }: ExecuteOptions, stagingDir: string, error: SluiceError): Promise<SluiceError> {
  if (error.code === 'STAGE_CANCELLED' || error.code === 'MLFLOW_UNREACHABLE') return error;
  const dir = await keepFailedAttempt({
    artifactsDir: workspace.project.artifactsDir,
    stage: work.stage.name,
    run: runId,
    stagingDir,
    error,
  });
  if (dir === null) return error;
  const kept = `What it had written is kept in ${dir}.`;
  return deserializeError({ ...serializeError(error), hint: error.hint === undefined ? kept : `${error.hint}\n${kept}` });
}

export interface ChildFolders {
  readonly stagingDir: string;
  readonly tempDir: string;
  /** Where the outputs are stored: the project's, or a scratch one. */
  readonly artifactsDir: string;
}

/** What a stage's child is started with, whatever its work. */
export function childSpec({ workspace, runner }: Pick<ExecuteOptions, 'workspace' | 'runner'>, stage: Stage): ChildSpec {
  const { cpus: threads, memoryMb } = demandOf(stage, machineBudget());
  const { project, env } = workspace;
  return {
    runner,
    heapMb: heapMb(stage.declaresMemory, memoryMb),
    env: { ...childEnv(stage, env, threads), ...libraryVariables(stage.native, project.dir) },
    cwd: project.dir,
  };
}

/** Runs the body and stores its outputs; commits nothing. */
export async function runInChild(options: ExecuteOptions, { stagingDir, tempDir, artifactsDir }: ChildFolders): Promise<ChildResult> {
  const { workspace, work, runId, git } = options;
  const { stage } = work;
  const { project, config, env } = workspace;
  const { cpus: threads, memoryMb } = demandOf(stage, machineBudget());
  const answer = await runChild({
    ...childSpec(options, stage),
    timeoutMs: parseDurationMs(stage.resources.timeout),
    signal: options.signal,
    onEvent: options.emit,
    order: {
      stage: stage.name,
      declaration: declarationOf(stage, schemaDigests(stage)),
      graphPath: workspace.loaded.graph.path,
      ...(await bodyTextOf(project, stage, work.body)),
      bodySource: relative(project.dir, bodyFile(stage)),
      artifactsDir,
      assignment: {
        inputs: { ...options.inputs, ...work.folders },
        ...stageConfig(config, stage),
        stagingDir,
        tempDir,
        threads,
        memoryMb,
        tracking: options.tracking,
        env: Object.fromEntries(stage.env.map((name) => [name, env[name]])),
        run: { id: runId, fingerprint: digestOfJson(work.parts), gitCommit: git.commit, gitDirty: git.dirty, projectDir: project.dir },
      },
    },
  });
  if (stage.resources.retries === 0) options.onBodyEnd?.();
  return placeStaged(answer, new FileStore(artifactsDir));
}

async function commit({ workspace, work, runId, flight }: FlyOptions, result: ChildResult, durationMs: number): Promise<Manifest> {
  const parts = { ...work.parts, params: pickParams(workspace.config, result.reads) };
  const manifest: Manifest = {
    schema: 1,
    stage: work.stage.name,
    fingerprint: fingerprintOf(parts),
    parts,
    sources: work.body.sources,
    about: work.about,
    outputs: result.outputs,
    gate: result.gate,
    run: runId,
    finishedAt: new Date().toISOString(),
    durationMs,
    usage: result.usage,
  };
  await workspace.manifests.commit(manifest, flight.dir);
  return manifest;
}
