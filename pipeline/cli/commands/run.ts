import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { toSluiceError } from '../../errors/sluice-error.ts';
import { runHighlights } from '../../execute/record/run-highlights.ts';
import { runPipeline, type RunResult } from '../../execute/run-pipeline.ts';
import { readRun } from '../../execute/record/run-record.ts';
import { lockPath } from '../../lock/lock-file.ts';
import { chooseRenderer } from '../choose-renderer.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandArgs, CommandBody } from '../command.ts';
import { summarizeRefusal, summarizeRun } from '../job-summary.ts';
import type { Work } from '../open-work.ts';
import { readTerms, type RunTerms } from '../run-terms.ts';

export const runCommand: CommandBody = async (args, io) => {
  try {
    const terms = await readTerms(args, io);
    const result = await runWith(terms, args, io);
    await afterwards(terms, result, { io, quiet: args.flag('json') });
    return result.exitCode;
  } catch (error) {
    summarizeRefusal(io, toSluiceError(error));
    throw error;
  }
};

async function runWith({ work, selection, force, guard, agree, keepsLock }: RunTerms, args: CommandArgs, io: CliIo): Promise<RunResult> {
  const { project, loaded, config } = work;
  const jobs = args.number('jobs');
  const asUsual = !['config', 'set', 'plan'].some((name) => args.has(name));
  const renderer = await chooseRenderer(io, { json: args.flag('json'), artifactsDir: project.artifactsDir });
  try {
    return await runPipeline({
      project,
      loaded,
      config: config.values,
      configFile: relative(project.dir, config.file),
      selection,
      force,
      ...(jobs !== undefined && { jobs }),
      keepGoing: args.flag('keep-going'),
      frozen: args.flag('frozen'),
      ...(guard !== undefined && { guard }),
      ...(agree !== undefined && { agree }),
      noWait: args.flag('no-wait'),
      ...(asUsual && { keep: { configFiles: config.files, forRuns: keepsLock || !existsSync(lockPath(project.dir)) } }),
      sink: renderer.sink,
      signal: io.signal,
    });
  } finally {
    await renderer.close();
  }
}

/** Lock, job page, and where the results are. */
async function afterwards(
  { work, keepsLock }: RunTerms,
  { runId, exitCode }: RunResult,
  { io, quiet }: { io: CliIo; quiet: boolean },
): Promise<void> {
  const locked = keepsLock && exitCode === 0 && (await writeLock(work, runId));
  if (!io.signal.aborted) await summarizeRun(io, work, runId);
  if (!quiet && !io.signal.aborted) await sayHighlights(work, runId, io);
  if (!quiet && locked) io.say(`${io.paint.dim('sluice.lock changed: commit it, and read its diff')}\n`);
}

async function writeLock({ project, loaded, config }: Work, runId: string): Promise<boolean> {
  const { keepLock } = await import('../../execute/contract/keep-lock.ts');
  return keepLock(project, loaded.pipeline, { record: await readRun(project, runId), configFile: relative(project.dir, config.file) });
}

async function sayHighlights({ project, loaded }: Work, runId: string, io: CliIo): Promise<void> {
  const effects = new Set(loaded.pipeline.stages.filter((stage) => stage.kind === 'effect').map((stage) => stage.name));
  const highlights = await runHighlights(project, await readRun(project, runId), effects);
  const width = Math.max(0, ...highlights.map(({ label }) => label.length));
  for (const { label, where } of highlights) {
    const shown = where.startsWith('/') && !relative(io.cwd, where).startsWith('..') ? relative(io.cwd, where) : where;
    io.say(`  ${io.paint.dim(label.padEnd(width))}  ${io.paint.cyan(shown)}\n`);
  }
}
