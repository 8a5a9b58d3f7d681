import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { serializeError, SluiceError, toSluiceError } from '../../errors/sluice-error.ts';
import { renderError } from '../../errors/render-error.ts';
import { planRun } from '../../execute/plan-run.ts';
import { runPipeline } from '../../execute/run-pipeline.ts';
import type { Selection } from '../../execute/project/select-stages.ts';
import { FolderWatcher } from '../../execute/watch/folder-watcher.ts';
import { watchedFolders } from '../../execute/watch/watched-folders.ts';
import { effectStages } from '../../lock/lock-of-manifests.ts';
import { chooseRenderer } from '../choose-renderer.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandArgs, CommandBody } from '../command.ts';
import { openWork, type Work } from '../open-work.ts';
import { readSelection } from '../selection-args.ts';

export const watchCommand: CommandBody = async (args, io) => {
  const { openProject } = await import('../../execute/project/project.ts');
  const project = openProject(io.cwd, io.env);
  using watcher = new FolderWatcher({
    ignore: [project.artifactsDir, project.cacheDir],
    onTrouble: (folder, message) => io.say(`${io.paint.yellow('!')} ${folder} cannot be watched: ${message}\n`),
  });
  watcher.watch(new Set([project.dir]));
  for (let first = true; !io.signal.aborted; first = false) {
    await lookAndRun(args, { io, watcher, first }).catch((error: unknown) => {
      io.say(`${renderError(serializeError(toSluiceError(error)), { paint: io.paint, cwd: io.cwd, stack: false })}\n`);
    });
    if (io.signal.aborted) break;
    io.say(io.paint.dim('waiting for a save; Ctrl-C ends\n'));
    const saved = await watcher.saved(io.signal);
    if (saved.length > 0) io.say(`\n${io.paint.cyan('●')} ${savedText(saved, io.cwd)}\n`);
  }
  return 0;
};

interface Look {
  readonly io: CliIo;
  readonly watcher: FolderWatcher;
  readonly first: boolean;
}

async function lookAndRun(args: CommandArgs, { io, watcher, first }: Look): Promise<void> {
  const work = await openWork(args, io);
  watcher.watch(await watchedFolders(work));
  const selection = watchedStages(readSelection(args, work.loaded.pipeline), work);
  if (first) sayLeftOut(selection, work, io);
  const { project, loaded, config } = work;
  const { stages } = await planRun({ project, loaded, config: config.values, selection, force: null });
  if (!stages.some(({ action }) => action === 'run')) {
    io.say(`${io.paint.green('✔')} nothing to run\n`);
    return;
  }
  const jobs = args.number('jobs');
  const renderer = await chooseRenderer(io, { json: false, artifactsDir: project.artifactsDir });
  try {
    await runPipeline({
      project,
      loaded,
      config: config.values,
      selection,
      force: null,
      ...(jobs !== undefined && { jobs }),
      keepGoing: true,
      frozen: false,
      noWait: false,
      sink: renderer.sink,
      signal: io.signal,
    });
  } finally {
    await renderer.close();
  }
}

/** Without a target all stages but effects and what takes from them: no save should register a model. */
function watchedStages(selection: Selection, { loaded }: Work): Selection {
  if (selection.targets.length > 0 || selection.from !== null || selection.to !== null) return selection;
  const effects = effectStages(loaded.pipeline);
  const targets = loaded.pipeline.stages.map((stage) => stage.name).filter((name) => !effects.has(name));
  if (targets.length === 0)
    throw new SluiceError('USAGE', 'every stage is an effect or takes from one', { hint: 'Name those to watch: sluice watch STAGE' });
  return { ...selection, targets };
}

function sayLeftOut({ targets }: Selection, { loaded }: Work, io: CliIo): void {
  const left = loaded.pipeline.stages.filter((stage) => effectStages(loaded.pipeline).has(stage.name) && !targets.includes(stage.name));
  if (left.length > 0)
    io.say(io.paint.dim(`left out, since they touch the world: ${left.map(({ name }) => name).join(', ')}; name one to run it too\n`));
}

function savedText(paths: readonly string[], cwd: string): string {
  const there = paths.filter((path) => existsSync(path)); // an editor's temporary file is gone by now
  const names = (there.length > 0 ? there : paths).map((path) => relative(cwd, path));
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
