import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommandRun, ProjectCommand } from '../graph/project-command.ts';
import type { CliIo } from './cli-io.ts';
import type { Command, CommandArgs, CommandBody } from './command.ts';

/** The commands that the project of `io.cwd` declares; none where there is no project. @throws SluiceError GRAPH_LOAD */
export async function loadOwnCommands(io: CliIo): Promise<readonly Command[]> {
  const { openProject } = await import('../execute/project/project.ts');
  const project = openProject(io.cwd, io.env);
  if (!existsSync(project.pipelineFile)) return [];
  const { loadPipeline } = await import('../execute/project/load-pipeline.ts');
  const { pipeline } = await loadPipeline(project);
  return (pipeline.commands ?? []).map((declared) => toCommand(declared));
}

/** The same for help, completion and close matches: none where the graph does not load. */
export async function ownCommands(io: CliIo): Promise<readonly Command[]> {
  return loadOwnCommands(io).catch(() => []);
}

function toCommand(declared: ProjectCommand): Command {
  return { ending: 'ending in order', ...declared, interruptible: true, load: async () => commandBody(declared) };
}

/** Bundles and loads the body as a stage's is, and hands it the project. @throws SluiceError GRAPH_LOAD */
async function commandBody(declared: ProjectCommand): Promise<CommandBody> {
  return async (args, io) => {
    const [{ openProject }, { importedFile }, { bundleModule }, { namedArtifact, artifactPath }, { SluiceError }] = await Promise.all([
      import('../execute/project/project.ts'),
      import('../execute/project/load-pipeline.ts'),
      import('../fingerprint/bundle-module.ts'),
      import('../execute/answers/artifact-path.ts'),
      import('../errors/sluice-error.ts'),
    ]);
    const project = openProject(io.cwd, io.env);
    const file = importedFile(declared.load);
    if (file === null)
      throw new SluiceError('GRAPH_LOAD', `command "${declared.name}" does not say where its body is`, {
        hint: "Write: load: () => import('./the-command.ts'), with a literal path.",
      });
    const bundle = async (module: string): Promise<string> =>
      (await bundleModule(module, { projectDir: project.dir, cacheDir: project.cacheDir, leaveBodies: true })).path;
    const path = await bundle(file);
    process.setSourceMapsEnabled(true);
    const loaded: unknown = await import(pathToFileURL(path).href);
    if (!exportsCommand(loaded))
      throw new SluiceError('GRAPH_LOAD', `${file} exports no function "command"`, {
        hint: 'Write: export const command: CommandRun = async (context) => 0;',
      });
    const artifact = async (port: string): Promise<{ path: string; sha256: string }> => {
      const path = await artifactPath(project, port);
      return { path, sha256: (await namedArtifact(project, port)).artifact.digest };
    };
    return loaded.command({
      args,
      io,
      projectDir: project.dir,
      artifactsDir: project.artifactsDir,
      artifact,
      trackingUri: ({ start }) => trackingUri(args, io, start),
      bundle: (module) => bundle(join(project.dir, module)),
    });
  };
}

async function trackingUri(args: CommandArgs, io: CliIo, start: boolean): Promise<string> {
  const [{ openWork }, { trackingProject }, { mlflowStatus, mlflowUp, trackingOf }] = await Promise.all([
    import('./open-work.ts'),
    import('./tracking-project.ts'),
    import('../tracking/mlflow/index.ts'),
  ]);
  const target = trackingProject(await openWork(args, io), io);
  if (start) return (await mlflowUp(target)).uri;
  const server = trackingOf(target);
  if (server.kind === 'external') return server.uri;
  const { uri, running } = await mlflowStatus(target);
  if (running) return uri;
  // Where it would be, another project's may answer.
  const { SluiceError } = await import('../errors/sluice-error.ts');
  throw new SluiceError('MLFLOW_UNREACHABLE', `the tracking server of ${target.artifactsDir} is not running`, {
    hint: 'Start it: sluice mlflow up',
  });
}

function exportsCommand(module: unknown): module is { readonly command: CommandRun } {
  return typeof module === 'object' && module !== null && 'command' in module && typeof module.command === 'function';
}
