import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ResolvedConfig } from '../config/load-config.ts';
import type { LoadedPipeline } from '../execute/project/load-pipeline.ts';
import type { Project } from '../execute/project/project.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandArgs } from './command.ts';
import { spareMemory } from './spare-memory.ts';

export interface Work {
  readonly project: Project;
  readonly loaded: LoadedPipeline;
  readonly config: ResolvedConfig;
}

/** Project, graph and config of a command that has -c and -S. @throws SluiceError GRAPH_LOAD, CONFIG_* */
export async function openWork(args: CommandArgs, io: CliIo): Promise<Work> {
  spareMemory();
  const [{ openProject }, { loadPipeline }, { loadConfig }, { readConfigFile }] = await Promise.all([
    import('../execute/project/project.ts'),
    import('../execute/project/load-pipeline.ts'),
    import('../config/load-config.ts'),
    import('../config/read-config-file.ts'),
  ]);
  const named = args.text('config');
  const home = openProject(io.cwd, io.env);
  const file = named === undefined ? home.configFile : resolve(io.cwd, named);
  // A config may name another graph than that of package.json. Which keys it may have is known only once that is loaded.
  const graph = existsSync(file) ? readConfigFile(file).values['pipeline'] : undefined;
  const project = typeof graph === 'string' ? { ...home, pipelineFile: resolve(home.dir, graph) } : home;
  const loaded = await loadPipeline(project);
  const config = await loadConfig({ file, projectDir: project.dir, cwd: io.cwd, overrides: args.list('set'), pipeline: loaded.pipeline });
  return { project, loaded, config };
}
