import { resolve } from 'node:path';
import type { ResolvedConfig } from '../config/load-config.ts';
import type { LoadedPipeline } from '../execute/load-pipeline.ts';
import type { Project } from '../execute/project.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandArgs } from './command.ts';

export interface Work {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ResolvedConfig;
}

/** Project, graph and config of a command that has -c and -S. @throws SluiceError GRAPH_LOAD, CONFIG_* */
export async function openWork(args: CommandArgs, io: CliIo): Promise<Work> {
  const [{ openProject }, { loadPipeline }, { loadConfig }] = await Promise.all([
    import('../execute/project.ts'),
    import('../execute/load-pipeline.ts'),
    import('../config/load-config.ts'),
  ]);
  const project = openProject(io.cwd, io.env);
  const loaded = await loadPipeline(project);
  const named = args.text('config');
  const file = named === undefined ? project.configFile : resolve(io.cwd, named);
  const config = await loadConfig({ file, projectDir: project.dir, cwd: io.cwd, overrides: args.list('set'), pipeline: loaded.pipeline });
  return { project, loaded, config };
}
