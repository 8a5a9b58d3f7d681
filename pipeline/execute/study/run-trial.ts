import { readFile } from 'node:fs/promises';
import { didYouMean } from '../../errors/close-match.ts';
import { deserializeError, SluiceError } from '../../errors/sluice-error.ts';
import type { EventSink } from '../../events/event.ts';
import type { MetricPoint } from '../../graph/artifact.ts';
import { planWork } from '../plan-run.ts';
import type { Project } from '../project/project.ts';
import type { Selection } from '../project/select-stages.ts';
import { openWorkspace } from '../project/workspace.ts';
import { runOutputs } from '../record/run-outputs.ts';
import { readRun, type RunRecord } from '../record/run-record.ts';
import { runPipeline } from '../run-pipeline.ts';
import { metricOf, namedMetrics, stageOf } from './metric-name.ts';
import type { PlannedStudy } from './plan-study.ts';
import type { TrialLine } from './study-journal.ts';
import type { Overrides } from './study-points.ts';

export interface TrialOptions {
  readonly planned: PlannedStudy;
  readonly overrides: Overrides;
  readonly jobs: number | undefined;
  readonly sink: EventSink;
  readonly signal: AbortSignal;
}

export type RanTrial = Pick<TrialLine, 'run' | 'fingerprint' | 'metrics' | 'startedAt' | 'finishedAt'>;

function selectionOf({ file, loaded }: PlannedStudy): { readonly stage: string; readonly selection: Selection } {
  const stages = [file.study.target.metric, ...(file.study.judge?.ports ?? [])].map(stageOf);
  const known = new Set(loaded.pipeline.stages.map(({ name }) => name));
  return {
    stage: stages[0] ?? '',
    selection: { targets: [...new Set(stages)].filter((name) => known.has(name)), from: null, to: null, only: false },
  };
}

/** Whether what a journal says of a trial still holds: its code, data and settings are as they were, its artifacts are there. */
export async function stillHolds(planned: PlannedStudy, overrides: Overrides, trial: TrialLine): Promise<boolean> {
  const { stage, selection } = selectionOf(planned);
  const workspace = await openWorkspace(planned.project, planned.loaded, (await planned.configOf(overrides)).values);
  const works = await planWork(workspace, selection, null);
  await workspace.stats.save().catch(() => {}); // costs the next look some time only
  const target = works.find((work) => work.stage.name === stage);
  return target?.planned.action === 'reuse' && target.manifest?.fingerprint === trial.fingerprint;
}

/**
 * Runs the pipeline as far as a study needs it, as `sluice run` would.
 * @returns what the target's stage logged
 * @throws SluiceError the error of the stage that failed; CONFIG_VALUE where the target's metric was not logged
 */
export async function runTrial({ planned, overrides, jobs, sink, signal }: TrialOptions): Promise<RanTrial> {
  const { project, loaded } = planned;
  const { stage, selection } = selectionOf(planned);
  const failures: SluiceError[] = [];
  const startedAt = new Date().toISOString();
  const { runId, exitCode } = await runPipeline({
    project,
    loaded,
    config: (await planned.configOf(overrides)).values,
    selection,
    force: null,
    ...(jobs !== undefined && { jobs }),
    keepGoing: false,
    frozen: false,
    noWait: false,
    sink: (event) => {
      if (event.type === 'stage.finished' && event.error !== undefined) failures.push(deserializeError(event.error));
      sink(event);
    },
    signal,
  });
  const record = await readRun(project, runId);
  const fingerprint = record.stages[stage]?.fingerprint ?? null;
  if (exitCode !== 0 || fingerprint === null)
    throw failures[0] ?? new SluiceError('STAGE_FAILED', `run ${runId} ended with ${exitCode}`, { hint: `See: sluice show ${runId}` });
  const metrics = await loggedValues(project, stage, record);
  requireMetrics(planned, metrics);
  return { run: runId, fingerprint, metrics, startedAt, finishedAt: new Date().toISOString() };
}

/** Finite metrics that a stage logged once; those by round are curves. */
async function loggedValues(project: Project, stage: string, record: RunRecord): Promise<Readonly<Record<string, number>>> {
  const outputs = (await runOutputs(project, record)).filter((output) => output.stage === stage);
  const texts = await Promise.all(outputs.filter(({ artifact }) => artifact.kind === 'metrics').map(({ path }) => readFile(path, 'utf8')));
  const points = texts
    .flatMap((text) => text.split('\n'))
    .filter((entry) => entry !== '')
    .map((entry) => JSON.parse(entry) as MetricPoint);
  const counts = new Map<string, number>();
  for (const { name } of points) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(
    points.filter(({ name, value }) => counts.get(name) === 1 && Number.isFinite(value)).map(({ name, value }) => [name, value]),
  );
}

function requireMetrics({ file }: PlannedStudy, metrics: Readonly<Record<string, number>>): void {
  for (const [place, name] of namedMetrics(file.study)) {
    const metric = metricOf(name);
    if (metric in metrics) continue;
    const known = Object.keys(metrics);
    const stage = stageOf(name);
    throw new SluiceError('CONFIG_VALUE', `stage "${stage}" logged no single value "${metric}".${didYouMean(metric, known)}`, {
      at: file.places.get(place)?.value ?? { file: file.file },
      hint: known.length === 0 ? `${stage} logs no metrics; name another stage.` : `It logged: ${known.join(', ')}.`,
    });
  }
}
