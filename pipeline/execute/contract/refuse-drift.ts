import { SluiceError } from '../../errors/sluice-error.ts';
import { compareLocks } from '../../lock/compare-locks.ts';
import { lockOfManifests } from '../../lock/lock-of-manifests.ts';
import type { Lock } from '../../lock/lock-schema.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { Work } from '../find-work.ts';
import type { PlanOptions } from '../plan-run.ts';
import type { Selection } from '../project/select-stages.ts';
import type { Workspace } from '../project/workspace.ts';
import { planDrift, workDrift } from './plan-drift.ts';
import { planFile, type PlanFileOptions, workOf } from './plan-file.ts';
import type { PlanFile } from './plan-file-schema.ts';
import { surveyStages } from './survey-stages.ts';

type Present = Omit<PlanFileOptions, 'project' | 'pipeline' | 'config' | 'surveyed'>;

/** @throws SluiceError STALE, naming all that is not as it was when the plan was made */
export async function refuseDrift(workspace: Workspace, plan: PlanFile, present: Present): Promise<void> {
  const { project, config, loaded } = workspace;
  const surveyed = await surveyStages(workspace, present.selection, present.force);
  const now = planFile({ ...present, project, config, pipeline: loaded.pipeline.name, surveyed });
  const drift = planDrift(plan, now, loaded.pipeline.stages);
  if (drift.length === 0) return;
  throw new SluiceError('STALE', `the plan no longer holds: ${drift.join('; ')}`, {
    hint: 'Make a new plan, and look at it: sluice plan --out plan.json',
    data: { drift },
  });
}

/**
 * Holds each stage to the plan when its turn comes, in case something moves while the run goes on.
 * @throws SluiceError STALE, naming what of the stage is not as planned
 */
export function refuseOtherWork({ stages }: PlanFile): (work: Work) => void {
  const planned = new Map(stages.map((stage) => [stage.stage, stage]));
  return ({ stage, parts, body }) => {
    const then = planned.get(stage.name);
    if (then === undefined) return;
    const drift = workDrift(then, { work: workOf(parts), sources: body.sources }, (input) => !then.pending.includes(input));
    if (drift.length === 0) return;
    throw new SluiceError('STALE', `not as planned: ${drift.join(', ')}`, {
      stage: stage.name,
      hint: 'It changed while the run went on. Make a new plan: sluice plan --out plan.json',
    });
  };
}

export interface LockTerms {
  readonly lock: Lock;
  /** Relative to the project. */
  readonly configFile: string;
  readonly selection: Selection;
  readonly force: PlanOptions['force'];
}

/** @throws SluiceError STALE, naming where the finished work is not what the lock says */
export async function refuseUnlocked(workspace: Workspace, { lock, configFile, selection, force }: LockTerms): Promise<void> {
  const surveyed = await surveyStages(workspace, selection, force);
  const manifests = new Map<string, Manifest>();
  for (const { stage, manifest } of surveyed) if (manifest !== null) manifests.set(stage.name, manifest);
  const present = lockOfManifests({ pipeline: workspace.loaded.pipeline, configFile, projectDir: workspace.project.dir, manifests });
  const found = compareLocks(
    lock,
    present,
    surveyed.map(({ stage }) => stage.name),
  );
  if (found.length === 0) return;
  throw new SluiceError('STALE', `--frozen, but this is not what sluice.lock says: ${found.join('; ')}`, {
    hint: 'If this is what you want, write it down: sluice run --lock. Else go back to the code, config and data of the lock.',
    data: { found },
  });
}
