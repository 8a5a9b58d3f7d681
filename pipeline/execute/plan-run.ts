import { firstProblem } from '../errors/first-problem.ts';
import { isSluiceError, toSluiceError } from '../errors/sluice-error.ts';
import { cameOutSame, type SameAgain, usualDuration } from '../explain/stage-history.ts';
import { upstreamPorts } from '../graph/define-pipeline.ts';
import type { Stage, StageKind } from '../graph/stage.ts';
import type { Manifest } from '../store/manifest.ts';
import { checkSources } from './check-sources.ts';
import { cosmeticEdits, findWork, reuseReason, type Work } from './find-work.ts';
import type { LoadedPipeline } from './project/load-pipeline.ts';
import { prepareBodies } from './prepare-bodies.ts';
import type { Project } from './project/project.ts';
import { resolveInputs } from './resolve-inputs.ts';
import { type Selection, selectStages } from './project/select-stages.ts';
import { type ConfigValues, openWorkspace, type Workspace } from './project/workspace.ts';

/** run: it will, or it may (its inputs may come out the same). reuse: it will not. confirm: an effect that has nothing new to do. */
export type PlannedAction = 'run' | 'reuse' | 'confirm' | 'blocked';

export interface PlannedStage {
  readonly stage: string;
  readonly kind: StageKind;
  readonly action: PlannedAction;
  readonly reason: string;
  readonly changes: readonly string[];
  /** The median of its last executions; null where it never ran. */
  readonly estimateMs: number | null;
  /** Whether it runs whatever the stages before it give. */
  readonly certain: boolean;
  /** Sources that were edited since it ran, in ways that its code does not show. */
  readonly cosmetic: readonly string[];
  /** Stages whose outputs decide whether it runs, and how often each came out the same after an earlier change. */
  readonly waitsFor: readonly ({ readonly stage: string } & SameAgain)[];
}

export interface Plan {
  readonly stages: readonly PlannedStage[];
}

export interface PlanOptions {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ConfigValues;
  readonly selection: Selection;
  readonly force: readonly string[] | 'all' | null;
}

/** What a run would do, without doing any of it. */
export async function planRun(options: PlanOptions): Promise<Plan> {
  const workspace = await openWorkspace(options.project, options.loaded, options.config);
  await checkSources(workspace, selectStages(workspace.loaded.pipeline, options.selection));
  const stages = await planStages(workspace, options.selection, options.force);
  await workspace.stats.save();
  return { stages };
}

export async function planStages(
  workspace: Workspace,
  selection: Selection,
  force: PlanOptions['force'],
): Promise<readonly PlannedStage[]> {
  return (await planWork(workspace, selection, force)).map(({ planned }) => planned);
}

/** A planned stage with what was found out about it. */
export interface PlannedWork {
  readonly stage: Stage;
  readonly planned: PlannedStage;
  /** What it would be if every stage before it came out the same; null where that cannot be told. */
  readonly work: Work | null;
  /** What those after it read; null where it is not known before it has run. */
  readonly manifest: Manifest | null;
}

/** As {@link planStages}, for those who go on to explain. */
export async function planWork(workspace: Workspace, selection: Selection, force: PlanOptions['force']): Promise<readonly PlannedWork[]> {
  const selected = new Set(selectStages(workspace.loaded.pipeline, selection));
  prepareBodies(workspace, [...selected]);
  const known = new Map<string, PlannedWork>();
  try {
    for (const stage of workspace.loaded.pipeline.stages) {
      if (selected.has(stage)) {
        const forced = force === 'all' || (force?.includes(stage.name) ?? false);
        known.set(stage.name, await planStage({ workspace, stage, known, forced }));
      }
    }
  } catch (error) {
    // One that is wrong is mended, and then the others need not be bundled again. What ended the plan is told first.
    const unkept = await workspace.bodies.done().then(
      () => [],
      (trouble: unknown) => [trouble],
    );
    throw firstProblem([error, ...unkept].map((each) => toSluiceError(each)));
  }
  await workspace.bodies.done();
  return [...known.values()];
}

interface StepOptions {
  readonly workspace: Workspace;
  readonly stage: Stage;
  /** The selected stages before it. */
  readonly known: ReadonlyMap<string, PlannedWork>;
  readonly forced: boolean;
}

type Decision = Pick<PlannedStage, 'action' | 'reason' | 'changes'> & Partial<Pick<PlannedStage, 'certain' | 'cosmetic'>>;

async function planStage(options: StepOptions): Promise<PlannedWork> {
  const { workspace, stage, known } = options;
  const history = new Map<string, readonly Manifest[]>();
  const uncertain = [...new Set(upstreamPorts(stage).map(({ port }) => port.stage))].filter(
    (name) => known.get(name)?.planned.action === 'run',
  );
  for (const name of uncertain) history.set(name, await workspace.manifests.candidates(name));
  const found = await lookAt(options, new Set(uncertain));
  const decision =
    'blocked' in found ? { action: 'blocked' as const, reason: found.blocked, changes: [] } : await decide(options, found, uncertain);
  const ownHistory = decision.action === 'run' ? await workspace.manifests.candidates(stage.name) : [];
  const waitsFor =
    decision.certain === false
      ? uncertain.map((name) => ({ stage: name, ...cameOutSame(history.get(name) ?? [], portsFrom(stage, name)) }))
      : [];
  const estimateMs = usualDuration(ownHistory) ?? (await workspace.manifests.latest(stage.name))?.durationMs ?? null;
  const planned: PlannedStage = { stage: stage.name, kind: stage.kind, estimateMs, certain: true, cosmetic: [], ...decision, waitsFor };
  const work = 'blocked' in found ? null : found.work;
  return { stage, planned, work, manifest: planned.action === 'reuse' || planned.action === 'confirm' ? (work?.match ?? null) : null };
}

type Look = { readonly blocked: string } | { readonly work: Work | null };

/** Looks at a stage as if those before it that would run came out as they did last time. */
async function lookAt({ workspace, stage, known }: StepOptions, uncertain: ReadonlySet<string>): Promise<Look> {
  const inputs = new Map<string, Manifest | null>();
  for (const { port } of upstreamPorts(stage)) {
    const planned = known.get(port.stage);
    const isPlanned = planned !== undefined && !uncertain.has(port.stage);
    inputs.set(port.stage, isPlanned ? planned.manifest : await workspace.manifests.latest(port.stage));
  }
  const resolved = resolveInputs(stage, (name) => ({ manifest: inputs.get(name) ?? null }));
  if (!resolved.ready) return uncertain.has(resolved.blockedBy) ? { work: null } : { blocked: resolved.why };
  if (uncertain.size === 0) return { work: await findWork(workspace, stage, resolved.digests) };
  return { work: await findWork(workspace, stage, resolved.digests).catch(unlessRefused) };
}

/** What an earlier output that is damaged or gone would say is no matter: it is made anew. */
function unlessRefused(error: unknown): null {
  if (isSluiceError(error) && (error.code === 'STORE_CORRUPT' || error.code === 'ARTIFACT_SCHEMA')) return null;
  throw error;
}

async function decide(
  { workspace, stage, forced }: StepOptions,
  { work }: { readonly work: Work | null },
  uncertain: readonly string[],
): Promise<Decision> {
  if (forced) return { action: 'run', reason: 'forced', changes: [] };
  if (work?.match === null) return { action: 'run', reason: work.changes.join(', '), changes: work.changes };
  const gone = work === null ? null : await goneOutput(workspace, work.match);
  if (gone !== null) return { action: 'run', reason: `its output ${gone} is damaged or gone`, changes: [`output ${gone}`] };
  if (work === null || uncertain.length > 0) {
    const certain = (await workspace.manifests.latest(stage.name)) === null;
    const reason = certain ? 'it has not run yet' : `unless ${uncertain.join(', ')} come${uncertain.length === 1 ? 's' : ''} out the same`;
    return { action: 'run', reason, changes: certain ? [reason] : uncertain.map((name) => `output of ${name}`), certain };
  }
  if (stage.kind === 'effect') return { action: 'confirm', reason: 'confirms that its work is in place', changes: [] };
  const cosmetic = cosmeticEdits(work);
  return { action: 'reuse', reason: reuseReason(work), changes: [], cosmetic };
}

function portsFrom(stage: Stage, upstream: string): readonly string[] {
  return upstreamPorts(stage).flatMap(({ port }) => (port.stage === upstream ? [port.name] : []));
}

/** The first output whose bytes are not there as recorded; looks, and leaves everything where it is. */
async function goneOutput({ store, stats }: Workspace, manifest: Manifest): Promise<string | null> {
  for (const [port, artifact] of Object.entries(manifest.outputs)) {
    const found = await store.verify(artifact, stats);
    if (!found.ok) return port;
  }
  return null;
}
