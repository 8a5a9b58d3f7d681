import { existsSync } from 'node:fs';
import { lockPath } from '../lock/lock-file.ts';
import { keepAnswer } from './keep-answer.ts';
import type { LoadedPipeline } from './project/load-pipeline.ts';
import { planWork } from './plan-run.ts';
import type { Project } from './project/project.ts';
import { WHOLE_GRAPH } from './project/select-stages.ts';
import type { StatusReport } from './status-report.ts';
import { type ConfigValues, openWorkspace } from './project/workspace.ts';

export interface SlowStatusOptions {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ConfigValues;
  /** The config files that were read; null when flags had a say, and the answer must not be kept for the next call. */
  readonly configFiles: readonly string[] | null;
}

/** Plans the whole graph, and keeps the answer for `fastStatus` when everything is fresh. */
export async function slowStatus({ project, loaded, config, configFiles }: SlowStatusOptions): Promise<StatusReport> {
  const workspace = await openWorkspace(project, loaded, config);
  const planned = await planWork(workspace, WHOLE_GRAPH, null);
  await workspace.stats.save();
  const stages = planned.map(({ planned: { stage, action, reason } }) => ({
    stage,
    state: action === 'reuse' || action === 'confirm' ? ('fresh' as const) : ('stale' as const),
    reason,
  }));
  const report: StatusReport = { fresh: stages.every(({ state }) => state === 'fresh'), stages };
  if (report.fresh && configFiles !== null) {
    const works = planned.map(({ stage, manifest, planned: { reason } }) => ({ stage, manifest, reason }));
    // A lock, where there is one, may not be what a run would write.
    await keepAnswer(workspace, { works, configFiles, forRuns: !existsSync(lockPath(project.dir)) });
  }
  return report;
}
