import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { didYouMean } from '../../errors/close-match.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import { openProject, type Project } from '../../execute/project/project.ts';
import { runDir } from '../../execute/record/run-dir.ts';
import { isRunAlive, readRun, type RunRecord } from '../../execute/record/run-record.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandBody } from '../command.ts';

const POLL_MS = 300;

export const logsCommand: CommandBody = async (args, io) => {
  const project = openProject(io.cwd, io.env);
  const run = await readRun(project, args.text('run') ?? 'latest');
  const only = args.text('stage');
  const follow = args.flag('follow') && run.finishedAt === null;
  if (only !== undefined && !follow) await checkStage(project, run, only);
  const printer = new LogPrinter(join(runDir(project, run.id), 'logs'), only, io);
  await printer.printNew();
  while (follow && !io.signal.aborted && (await isRunAlive(project, run.id))) {
    await sleep(POLL_MS, undefined, { signal: io.signal }).catch(() => {});
    await printer.printNew();
  }
  return 0;
};

/** Prints what is new in the logs of a run; with more than one stage, each line says whose it is. */
class LogPrinter {
  readonly #dir: string;
  readonly #only: string | undefined;
  readonly #io: CliIo;
  readonly #printed = new Map<string, number>();

  constructor(dir: string, only: string | undefined, io: CliIo) {
    this.#dir = dir;
    this.#only = only;
    this.#io = io;
  }

  async printNew(): Promise<void> {
    for (const name of (await readdir(this.#dir).catch((): string[] => [])).toSorted()) {
      const stage = basename(name, '.log');
      if (this.#only !== undefined && stage !== this.#only) continue;
      const bytes = await readFile(join(this.#dir, name));
      const from = this.#printed.get(name) ?? 0;
      const until = bytes.lastIndexOf(0x0a) + 1;
      if (until <= from) continue;
      this.#printed.set(name, until);
      const text = bytes.subarray(from, until).toString('utf8');
      this.#io.out(this.#only === undefined ? text.replaceAll(/^(?=.)/gm, `${this.#io.outPaint.dim(`${stage} │`)} `) : text);
    }
  }
}

async function checkStage(project: Project, run: RunRecord, stage: string): Promise<void> {
  const logged = (await readdir(join(runDir(project, run.id), 'logs')).catch((): string[] => [])).map((name) => basename(name, '.log'));
  const names = [...new Set([...Object.keys(run.stages), ...logged])];
  if (names.includes(stage)) return;
  throw new SluiceError('GRAPH_UNKNOWN_STAGE', `run ${run.id} has no stage "${stage}".${didYouMean(stage, names)}`, {
    hint: `It has: ${names.join(', ')}.`,
  });
}
