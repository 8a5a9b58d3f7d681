import { planFile, type PlanFileOptions, writePlanFile } from '../execute/contract/plan-file.ts';
import { surveyStages } from '../execute/contract/survey-stages.ts';
import { openWorkspace } from '../execute/project/workspace.ts';
import type { Work } from './open-work.ts';

/** Writes what `run --plan` will be held to. */
export async function savePlan(
  file: string,
  { project, loaded, config }: Work,
  asked: Pick<PlanFileOptions, 'selection' | 'force' | 'overrides'>,
): Promise<void> {
  const workspace = await openWorkspace(project, loaded, config.values);
  const surveyed = await surveyStages(workspace, asked.selection, asked.force);
  await writePlanFile(
    file,
    planFile({ ...asked, project, pipeline: loaded.pipeline.name, configFile: config.file, config: config.values, surveyed }),
  );
}
