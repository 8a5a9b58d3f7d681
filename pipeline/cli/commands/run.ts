import { relative } from 'node:path';
import { runHighlights } from '../../execute/run-highlights.ts';
import { runPipeline } from '../../execute/run-pipeline.ts';
import { readRun } from '../../execute/run-record.ts';
import { chooseRenderer } from '../choose-renderer.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandBody } from '../command.ts';
import { openWork, type Work } from '../open-work.ts';
import { readForce, readSelection } from '../selection-args.ts';

export const runCommand: CommandBody = async (args, io) => {
  const work = await openWork(args, io);
  const { project, loaded, config } = work;
  const [selection, force] = [readSelection(args, loaded.pipeline), readForce(args, loaded.pipeline)];
  const jobs = args.number('jobs');
  const renderer = await chooseRenderer(io, { json: args.flag('json'), artifactsDir: project.artifactsDir });
  try {
    const { exitCode, runId } = await runPipeline({
      project,
      loaded,
      config: config.values,
      selection,
      force,
      ...(jobs !== undefined && { jobs }),
      keepGoing: args.flag('keep-going'),
      frozen: args.flag('frozen'),
      noWait: args.flag('no-wait'),
      sink: renderer.sink,
      signal: io.signal,
    });
    await renderer.close();
    if (!args.flag('json') && !io.signal.aborted) await sayHighlights(work, runId, io);
    return exitCode;
  } finally {
    await renderer.close();
  }
};

async function sayHighlights({ project, loaded }: Work, runId: string, io: CliIo): Promise<void> {
  const effects = new Set(loaded.pipeline.stages.filter((stage) => stage.kind === 'effect').map((stage) => stage.name));
  const highlights = await runHighlights(project, await readRun(project, runId), effects);
  const width = Math.max(0, ...highlights.map(({ label }) => label.length));
  for (const { label, where } of highlights) {
    const shown = where.startsWith('/') && !relative(io.cwd, where).startsWith('..') ? relative(io.cwd, where) : where;
    io.say(`  ${io.paint.dim(label.padEnd(width))}  ${io.paint.cyan(shown)}\n`);
  }
}
