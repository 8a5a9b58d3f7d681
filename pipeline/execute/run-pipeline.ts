import { errorCodes } from '../errors/codes.ts';
import { SIGNAL_EXITS } from '../errors/signal-exits.ts';
import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import { type EventBody, type EventSink, type StageOutcome, stamp } from '../events/event.ts';
import { checkSources } from './check-sources.ts';
import { closeSlots } from './child/child-slot.ts';
import { runnerFile } from './child/program-file.ts';
import type { Work } from './find-work.ts';
import { gitState } from './record/git-state.ts';
import { endTracking } from './end-tracking.ts';
import { type Answer, keepAnswer } from './keep-answer.ts';
import type { LoadedPipeline } from './project/load-pipeline.ts';
import { planStages } from './plan-run.ts';
import { prepareBodies } from './prepare-bodies.ts';
import type { Project } from './project/project.ts';
import { FlightBoard } from './flight/flight-board.ts';
import { ownMark } from './flight/process-mark.ts';
import { sweepRemains } from './flight/sweep-remains.ts';
import { projectionsWritten } from './projection/project-columns.ts';
import { machineBudget } from './scheduling/machine-budget.ts';
import { schedule } from './scheduling/schedule.ts';
import { nextRunId } from './record/next-run-id.ts';
import { type RunRecord, RunRecorder } from './record/run-record.ts';
import { type Selection, selectStages } from './project/select-stages.ts';
import { RunOutcomes } from './run-outcomes.ts';
import { StageSettler } from './settle-stage.ts';
import { startTracking } from './start-tracking.ts';
import { type ConfigValues, openWorkspace, type Workspace } from './project/workspace.ts';

export interface RunOptions {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ConfigValues;
  /** Where it was read from, relative to the project. @default the project's own */
  readonly configFile?: string;
  readonly selection: Selection;
  /** Stages to run whatever the store holds. */
  readonly force: readonly string[] | 'all' | null;
  /** Most stages at once; processors and memory are shared out besides. @default as many as there are processors */
  readonly jobs?: number;
  /** Goes on with stages that do not depend on a failed one. */
  readonly keepGoing: boolean;
  /** Refuses, with exit code 4, to run anything that is not up to date. */
  readonly frozen: boolean;
  /** Called before anything runs; throws to refuse. */
  readonly guard?: (workspace: Workspace) => Promise<void>;
  /** Called with each stage's work when its turn comes; throws to refuse that. */
  readonly agree?: (work: Work) => void;
  /** Fails, with exit code 5, where a stage is being executed by another run, rather than join it. */
  readonly noWait: boolean;
  /** What the next run may go by if this one brings all up to date; nothing when flags had a say. */
  readonly keep?: Pick<Answer, 'configFiles' | 'forRuns'>;
  readonly sink: EventSink;
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly runId: string;
  readonly exitCode: number;
  readonly outcomes: Readonly<Record<string, StageOutcome>>;
}

/** Runs the selected part of a pipeline: reuses what is the same, executes what is not, records everything. */
export async function runPipeline(options: RunOptions): Promise<RunResult> {
  const { project, loaded } = options;
  const stages = selectStages(loaded.pipeline, options.selection);
  const runId = nextRunId(project);
  const workspace = await openWorkspace(project, loaded, options.config);
  await checkSources(workspace, stages);
  prepareBodies(workspace, stages);
  if (options.frozen) await refuseStale(workspace, options);
  await options.guard?.(workspace);
  const recorder = await RunRecorder.open(project, runId);
  const emit = (body: EventBody): void => {
    const event = stamp(body);
    recorder.write(event);
    options.sink(event);
  };
  try {
    return await recordedRun(options, { workspace, recorder, emit, runId, stages });
  } finally {
    workspace.bodies.stop();
    await projectionsWritten(workspace);
    await closeSlots();
    const trouble = await recorder.close();
    if (trouble !== null) options.sink(stamp(incomplete(trouble)));
    await Promise.allSettled([workspace.bodies.done(), workspace.stats.save()]); // costs the next run some time only
  }
}

/** A record that cannot be written fails no run: what its stages made is committed by other files. */
function incomplete(trouble: SluiceError): EventBody {
  return { type: 'warning', code: trouble.code, message: `the record of this run is incomplete: ${trouble.message}` };
}

interface RunParts {
  readonly workspace: Workspace;
  readonly recorder: RunRecorder;
  readonly emit: (event: EventBody) => void;
  readonly runId: string;
  readonly stages: ReturnType<typeof selectStages>;
}

async function recordedRun(options: RunOptions, { workspace, recorder, emit, runId, stages }: RunParts): Promise<RunResult> {
  const { project, loaded } = options;
  const [started, from] = [new Date(), performance.now()]; // a clock that is set must not bend a duration
  const startedAt = started.toISOString();
  const git = await gitState(project.dir);
  const record = (finished: Partial<RunRecord>): RunRecord => ({
    schema: 1,
    id: runId,
    pipeline: loaded.pipeline.name,
    startedAt,
    finishedAt: null,
    exitCode: null,
    config: options.config,
    git,
    process: ownMark(),
    stages: {},
    ...finished,
  });
  await recorder.save(record({}));
  await sweepRemains(project);
  emit({ type: 'run.started', run: runId, pipeline: loaded.pipeline.name, stages: stages.map((stage) => stage.name) });
  const hasEffect = stages.some((stage) => stage.kind === 'effect');
  let isOver = false;
  const emitWhileOn = (event: EventBody): void => (isOver ? undefined : emit(event));
  const tracking = hasEffect
    ? startTracking(project, options.config, { emit: emitWhileOn, signal: options.signal })
    : Promise.resolve(null);
  tracking.catch(() => {}); // whoever needs it meets the error; nobody may
  const outcomes = new RunOutcomes(stages);
  await outcomes.loadUnselected(workspace);
  const settler = new StageSettler({
    workspace,
    selected: stages,
    outcomes,
    force: options.force,
    runner: await runnerFile(project),
    runId,
    startedAt: started.getTime(),
    ...(options.configFile !== undefined && { configFile: options.configFile }),
    git,
    tracking,
    board: new FlightBoard(project.artifactsDir, runId),
    noWait: options.noWait,
    signal: options.signal,
    emit,
    ...(options.agree !== undefined && { agree: options.agree }),
  });
  const budget = machineBudget();
  await schedule({
    stages,
    jobs: options.jobs ?? budget.cpus,
    budget,
    settle: async (stage, seat) => (await settler.settle(stage, seat)) || options.keepGoing,
    skip: (stage) => settler.skip(stage, options.signal.aborted),
  });
  const interruptedBy = options.signal.aborted ? String(options.signal.reason) : null;
  // One that is still starting has been told nothing.
  const target = await Promise.race([tracking, Promise.resolve(null)]).catch(() => null);
  await endTracking(target, { runId, interruptedBy, failure: outcomes.firstFailure() });
  // Every effect that needed the server has it; one that is still starting goes on by itself, for the next run.
  isOver = true;
  const result: RunResult = { runId, exitCode: exitCodeOf(outcomes, options.signal), outcomes: outcomes.byStage() };
  const durationMs = Math.round(performance.now() - from);
  await recorder
    .save(record({ finishedAt: new Date().toISOString(), exitCode: result.exitCode, stages: outcomes.summary() }))
    .catch((error: unknown) => emit(incomplete(toSluiceError(error))));
  emit({ type: 'run.finished', run: runId, exitCode: result.exitCode, durationMs, outcomes: result.outcomes });
  await keepForNext(options, workspace, outcomes).catch(() => {}); // costs the next run some time only
  return result;
}

async function keepForNext({ keep, force, loaded }: RunOptions, workspace: Workspace, outcomes: RunOutcomes): Promise<void> {
  const works = outcomes.works();
  const hasAll = works !== null && works.length === loaded.pipeline.stages.length;
  if (!hasAll || keep === undefined || force !== null || works.some(({ stage }) => stage.kind === 'effect')) return;
  await keepAnswer(workspace, { ...keep, works });
}

async function refuseStale(workspace: Workspace, options: RunOptions): Promise<void> {
  const stale = (await planStages(workspace, options.selection, options.force)).filter((stage) => stage.action === 'run');
  if (stale.length === 0) return;
  throw new SluiceError('STALE', `--frozen, but ${stale.map(({ stage, reason }) => `${stage} would run (${reason})`).join('; ')}`, {
    hint: 'Run without --frozen, or see why with: sluice plan',
  });
}

/** The worst that happened decides: interrupted, failed, a gate rejected, done. */
function exitCodeOf(outcomes: RunOutcomes, signal: AbortSignal): number {
  const exits: Readonly<Record<string, number>> = SIGNAL_EXITS;
  if (signal.aborted) return exits[String(signal.reason)] ?? errorCodes.STAGE_CANCELLED.exit; // as the command ends
  const failures = outcomes.failures();
  const unreachableOnly = failures.length > 0 && failures.every((error) => error.code === 'MLFLOW_UNREACHABLE');
  const [first] = unreachableOnly ? failures : failures.filter((error) => error.code !== 'MLFLOW_UNREACHABLE');
  if (first !== undefined) return errorCodes[first.code].exit;
  return outcomes.rejected() ? errorCodes.GATE_REJECTED.exit : 0;
}
