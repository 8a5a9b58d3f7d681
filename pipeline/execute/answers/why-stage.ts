import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigOrigin } from '../../config/config-origin.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { StageOutcome } from '../../events/event.ts';
import type { FileChange } from '../../explain/change.ts';
import { WorkExplainer } from '../../explain/explain-work.ts';
import type { Explanation } from '../../explain/explanation.ts';
import { changedFiles } from '../../explain/find-changes.ts';
import { ProducerFinder } from '../../explain/find-producer.ts';
import { refineFiles } from '../../explain/refine-code.ts';
import { effectiveEdits } from '../../fingerprint/effective-edits.ts';
import { SourceArchive } from '../../fingerprint/source-archive.ts';
import type { Stage } from '../../graph/stage.ts';
import type { Manifest } from '../../store/manifest.ts';
import { presentFacts } from '../find-work.ts';
import { bodyFile } from '../project/load-pipeline.ts';
import { type PlannedAction, type PlannedWork, planWork } from '../plan-run.ts';
import { readEvents } from '../record/read-events.ts';
import { listRuns, readRun, type RunRecord } from '../record/run-record.ts';
import { findStage, WHOLE_GRAPH } from '../project/select-stages.ts';
import type { Workspace } from '../project/workspace.ts';

export interface WorkMark {
  readonly run: string;
  readonly finishedAt: string;
}

/** Why a stage would run, ran, or would not: its own changes and those above it, to the roots. */
export interface WhyAnswer {
  readonly stage: string;
  /** What a run would do now; null where the question is about a run of the past. */
  readonly action: PlannedAction | null;
  readonly certain: boolean;
  /** How it ended in the run that was asked about; null where the question is about now. */
  readonly outcome: StageOutcome | null;
  readonly reason: string;
  /** The work that this one is compared with; null where there is none. */
  readonly since: WorkMark | null;
  readonly explanation: Explanation;
  /** Stages above it that would run, and why; it runs only if one of them comes out different. */
  readonly pending: readonly WhyAnswer[];
  /** Files that were edited without a change to the code that runs. */
  readonly cosmetic: readonly FileChange[];
}

export interface WhyOptions {
  readonly workspace: Workspace;
  readonly stage: string;
  readonly origins: Readonly<Record<string, ConfigOrigin>>;
  /** A path as it is to be shown. */
  readonly show: (file: string) => string;
}

/** Why a stage would run now, or would not. @param since a run to compare with, instead of its last good work */
export async function whyNow(options: WhyOptions, since: string | null): Promise<WhyAnswer> {
  const { workspace } = options;
  const stage = findStage(workspace.loaded.pipeline, options.stage);
  const base = since === null ? null : await workOfRun(workspace, await readRun(workspace.project, since), stage.name);
  const planned = new Map((await planWork(workspace, WHOLE_GRAPH, null)).map((step) => [step.stage.name, step]));
  return withExplainer(options, async (explainer) => new Asker({ ...options, planned, explainer }).ask(stage.name, base));
}

/** Why a stage ran, or was reused, in a run of the past. */
export async function whyThen(options: WhyOptions, run: string): Promise<WhyAnswer> {
  const { workspace } = options;
  const { project, loaded } = workspace;
  const stage = findStage(loaded.pipeline, options.stage);
  const record = await readRun(project, run);
  const summary = record.stages[stage.name];
  if (summary === undefined) {
    throw new SluiceError('RUN_NOT_FOUND', `stage "${stage.name}" was not part of run ${record.id}`, {
      hint: `See what was: sluice show ${record.id}`,
    });
  }
  const events = (await readEvents(project, record.id)).filter((event) => 'stage' in event && event.stage === stage.name);
  const reason =
    events.flatMap((event) => (event.type === 'stage.started' || event.type === 'stage.finished' ? [event.reason] : []))[0] ?? '';
  const then = summary.fingerprint === null ? null : await manifestOf(workspace, stage.name, summary.fingerprint);
  const before = await previousWork(workspace, record, stage.name);
  const explanation =
    then === null || before === null || then.fingerprint === before.fingerprint
      ? nothing(stage)
      : await withExplainer({ ...options, origins: {} }, async (explainer) => explainer.explain(stage, before, then));
  return {
    stage: stage.name,
    action: null,
    certain: true,
    outcome: summary.outcome,
    reason,
    since: mark(before),
    explanation,
    pending: [],
    cosmetic: [],
  };
}

interface AskerOptions extends WhyOptions {
  readonly planned: ReadonlyMap<string, PlannedWork>;
  readonly explainer: WorkExplainer;
}

class Asker {
  readonly #options: AskerOptions;
  readonly #asked = new Set<string>();

  constructor(options: AskerOptions) {
    this.#options = options;
  }

  async ask(name: string, since: Manifest | null): Promise<WhyAnswer> {
    const { workspace, planned, explainer } = this.#options;
    const step = planned.get(name);
    if (step === undefined) throw new SluiceError('INTERNAL', `stage "${name}" was not planned`);
    this.#asked.add(name);
    const { work, stage } = step;
    const { action, certain, reason } = step.planned;
    const base = since ?? work?.match ?? work?.last ?? null;
    const explanation =
      work === null || base === null ? nothing(stage) : await explainer.explain(stage, base, presentFacts(work, base, workspace.config));
    return {
      stage: name,
      action,
      certain,
      outcome: null,
      reason,
      since: mark(base),
      explanation,
      pending: await this.#pending(step),
      cosmetic: await this.#cosmetic(step, base),
    };
  }

  /** The stages above it that would run. */
  async #pending({ stage, planned }: PlannedWork): Promise<readonly WhyAnswer[]> {
    const names = Object.values(stage.inputs).flatMap((input) =>
      input.type === 'folder' ? [] : [input.type === 'port' ? input.stage : input.port.stage],
    );
    const running = [...new Set(names)].filter(
      (name) => this.#options.planned.get(name)?.planned.action === planned.action && planned.action === 'run',
    );
    const answers: WhyAnswer[] = [];
    for (const name of running) if (!this.#asked.has(name)) answers.push(await this.ask(name, null));
    return answers;
  }

  async #cosmetic({ work }: PlannedWork, base: Manifest | null): Promise<readonly FileChange[]> {
    if (work === null || base === null || work.body.digest !== base.parts.code.bundle) return [];
    const archive = new SourceArchive(this.#options.workspace.project.cacheDir);
    return refineFiles(changedFiles(base, work.body), { before: base, after: work.body, archive });
  }
}

async function withExplainer<T>({ workspace, origins, show }: WhyOptions, use: (explainer: WorkExplainer) => Promise<T>): Promise<T> {
  const { project, loaded, manifests, store, stats } = workspace;
  const tempDir = await mkdtemp(join(tmpdir(), 'sluice-why-'));
  try {
    const explainer = new WorkExplainer({
      pipeline: loaded.pipeline,
      archive: new SourceArchive(project.cacheDir),
      producers: new ProducerFinder(manifests, project.artifactsDir),
      store,
      stats,
      tempDir,
      origins,
      effective: (stage, edits) => effectiveEdits(bodyFile(stage), edits, { projectDir: project.dir, cacheDir: project.cacheDir }),
      show,
    });
    return await use(explainer);
  } finally {
    await rm(tempDir, { recursive: true, force: true });
    await stats.save();
  }
}

/** @throws SluiceError RUN_NOT_FOUND where the run has no good work of that stage */
async function workOfRun(workspace: Workspace, record: RunRecord, stage: string): Promise<Manifest> {
  const fingerprint = record.stages[stage]?.fingerprint ?? null;
  const found = fingerprint === null ? null : await manifestOf(workspace, stage, fingerprint);
  if (found !== null) return found;
  throw new SluiceError('RUN_NOT_FOUND', `run ${record.id} has no finished work of stage "${stage}"`, {
    hint: `See how it ended: sluice show ${record.id}`,
  });
}

async function manifestOf({ manifests }: Workspace, stage: string, fingerprint: string): Promise<Manifest | null> {
  return (await manifests.candidates(stage)).find((manifest) => manifest.fingerprint === fingerprint) ?? null;
}

/** The stage's work in the newest run before a run. */
async function previousWork(workspace: Workspace, record: RunRecord, stage: string): Promise<Manifest | null> {
  for (const run of await listRuns(workspace.project)) {
    const fingerprint = run.id < record.id ? (run.stages[stage]?.fingerprint ?? null) : null;
    const found = fingerprint === null ? null : await manifestOf(workspace, stage, fingerprint);
    if (found !== null) return found;
  }
  return null;
}

function mark(manifest: Manifest | null): WorkMark | null {
  return manifest === null ? null : { run: manifest.run, finishedAt: manifest.finishedAt };
}

function nothing(stage: Stage): Explanation {
  return { stage: stage.name, changes: [], causes: [] };
}
