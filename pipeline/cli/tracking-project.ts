import { trackingSection } from '../execute/start-tracking.ts';
import { openProject } from '../execute/project/project.ts';
import type { TrackingProject } from '../tracking/mlflow/index.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandArgs } from './command.ts';
import { openWork, type Work } from './open-work.ts';

/** The tracking server of opened work. */
export function trackingProject({ project, config }: Pick<Work, 'project' | 'config'>, io: CliIo): TrackingProject {
  return { dir: project.dir, artifactsDir: project.artifactsDir, uri: trackingSection(config.values).uri, env: io.env };
}

/** The same for a command that needs nothing else of the graph: MLFLOW_TRACKING_URI needs no config; else the config says which server. */
export async function findTrackingProject(args: CommandArgs, io: CliIo): Promise<TrackingProject> {
  const { dir, artifactsDir } = openProject(io.cwd, io.env);
  if ((io.env['MLFLOW_TRACKING_URI'] ?? '') !== '') return { dir, artifactsDir, uri: null, env: io.env };
  return trackingProject(await openWork(args, io), io);
}
