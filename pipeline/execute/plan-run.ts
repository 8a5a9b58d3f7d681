import type { Stage, StageKind } from '../graph/stage.ts';
import type { Manifest } from '../store/manifest.ts';
import { findWork } from './find-work.ts';
import type { LoadedPipeline } from './load-pipeline.ts';
import type { Project } from './project.ts';
import { resolveInputs } from './resolve-inputs.ts';
import { type Selection, selectStages } from './select-stages.ts';
import { type ConfigValues, openWorkspace, type Workspace } from './workspace.ts';

/** run: it will, or it may (its inputs may come out the same). reuse: it will not. confirm: an effect that has nothing new to do. */
export type PlannedAction = 'run' | 'reuse' | 'confirm' | 'blocked';

export interface PlannedStage {
  readonly stage: string;
  readonly kind: StageKind;
  readonly action: PlannedAction;
  readonly reason: string;
  readonly changes: readonly string[];
  /** How long it took last time; null where it never ran. */
  readonly estimateMs: number | null;
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
  const stages = await planStages(workspace, options.selection, options.force);
  await workspace.stats.save();
  return { stages };
}

export async function planStages(workspace: Workspace, selection: Selection, force: PlanOptions['force']): Promise<readonly PlannedStage[]> {
  const selected = new Set(selectStages(workspace.loaded.pipeline, selection));
  const known = new Map<string, Manifest | null>();
  const uncertain = new Set<string>();
  const planned: PlannedStage[] = [];
  for (const stage of workspace.loaded.pipeline.stages) {
    const latest = await workspace.manifests.latest(stage.name);
    if (!selected.has(stage)) {
      known.set(stage.name, latest);
      continue;
    }
    const step = await planStage({ workspace, stage, known, uncertain, forced: force === 'all' || (force?.includes(stage.name) ?? false) });
    planned.push({ stage: stage.name, kind: stage.kind, estimateMs: latest?.durationMs ?? null, ...step.planned });
    known.set(stage.name, step.manifest);
    if (step.planned.action === 'run') uncertain.add(stage.name);
  }
  return planned;
}

interface StepOptions {
  readonly workspace: Workspace;
  readonly stage: Stage;
  readonly known: ReadonlyMap<string, Manifest | null>;
  readonly uncertain: ReadonlySet<string>;
  readonly forced: boolean;
}

interface Step {
  readonly planned: Pick<PlannedStage, 'action' | 'reason' | 'changes'>;
  readonly manifest: Manifest | null;
}

async function planStage({ workspace, stage, known, uncertain, forced }: StepOptions): Promise<Step> {
  const waitsFor = Object.values(stage.inputs).flatMap((input) => (input.type === 'folder' ? [] : [input.type === 'port' ? input.stage : input.port.stage])).filter((name) => uncertain.has(name));
  if (waitsFor.length > 0) {
    const names = [...new Set(waitsFor)];
    return { planned: { action: 'run', reason: `unless ${names.join(', ')} come${names.length === 1 ? 's' : ''} out the same`, changes: names.map((name) => `output of ${name}`) }, manifest: null };
  }
  const inputs = resolveInputs(stage, (name) => ({ manifest: known.get(name) ?? null }));
  if (!inputs.ready) return { planned: { action: 'blocked', reason: inputs.why, changes: [] }, manifest: null };
  const work = await findWork(workspace, stage, inputs.digests);
  const gone = work.match === null ? null : await goneOutput(workspace, work.match);
  if (forced) return { planned: { action: 'run', reason: 'forced', changes: [] }, manifest: null };
  if (work.match === null) return { planned: { action: 'run', reason: work.changes.join(', '), changes: work.changes }, manifest: null };
  if (gone !== null) return { planned: { action: 'run', reason: `its output ${gone} is damaged or gone`, changes: [`output ${gone}`] }, manifest: null };
  const action = stage.kind === 'effect' ? 'confirm' : 'reuse';
  return { planned: { action, reason: action === 'reuse' ? 'nothing that it depends on changed' : 'confirms that its work is in place', changes: [] }, manifest: work.match };
}

/** The first output whose bytes are not there as recorded; looks, and leaves everything where it is. */
async function goneOutput({ store, stats }: Workspace, manifest: Manifest): Promise<string | null> {
  for (const [port, artifact] of Object.entries(manifest.outputs)) {
    const found = await store.verify(artifact, stats);
    if (!found.ok) return port;
  }
  return null;
}
