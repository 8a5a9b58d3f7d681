import type { StaticParts } from '../../fingerprint/fingerprint.ts';
import { upstreamPorts } from '../../graph/define-pipeline.ts';
import type { Stage } from '../../graph/stage.ts';
import type { Manifest } from '../../store/manifest.ts';
import { findWork } from '../find-work.ts';
import { type PlannedStage, type PlanOptions, planStages } from '../plan-run.ts';
import type { Selection } from '../project/select-stages.ts';
import type { Workspace } from '../project/workspace.ts';

/** A planned stage with all that its fingerprint is made of, as far as it is known before the stages above it have run. */
export interface SurveyedStage {
  readonly stage: Stage;
  readonly planned: PlannedStage;
  readonly parts: StaticParts;
  /** Source files of its code, relative to the project, with the digest of each. */
  readonly sources: Readonly<Record<string, string>>;
  /** Inputs whose content is not known yet: the stage that makes them would run. */
  readonly pending: ReadonlySet<string>;
  /** The finished work that stands for it; null where it would run. */
  readonly manifest: Manifest | null;
}

/** Looks at every selected stage, those too that wait for others. */
export async function surveyStages(
  workspace: Workspace,
  selection: Selection,
  force: PlanOptions['force'],
): Promise<readonly SurveyedStage[]> {
  const planned = new Map((await planStages(workspace, selection, force)).map((step) => [step.stage, step]));
  const known = new Map<string, Manifest | null>();
  const surveyed: SurveyedStage[] = [];
  for (const stage of workspace.loaded.pipeline.stages) {
    const step = planned.get(stage.name);
    if (step === undefined) {
      known.set(stage.name, await workspace.manifests.latest(stage.name));
      continue;
    }
    const ports = upstreamPorts(stage);
    const digests = Object.fromEntries(ports.map(({ input, port }) => [input, known.get(port.stage)?.outputs[port.name]?.digest ?? null]));
    const { parts, match, body } = await findWork(workspace, stage, digests);
    const manifest = step.action === 'reuse' || step.action === 'confirm' ? match : null;
    const runs = (name: string): boolean => planned.get(name)?.action === 'run';
    known.set(stage.name, manifest);
    surveyed.push({
      stage,
      planned: step,
      parts,
      sources: body.sources,
      manifest,
      pending: new Set(ports.filter(({ port }) => runs(port.stage)).map(({ input }) => input)),
    });
  }
  return surveyed;
}
