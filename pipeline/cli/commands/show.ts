import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventText } from '../../events/event-text.ts';
import type { SluiceEvent } from '../../events/event.ts';
import { openProject } from '../../execute/project.ts';
import { runOutputs } from '../../execute/run-outputs.ts';
import { readRun, runDir } from '../../execute/run-record.ts';
import type { CommandBody } from '../command.ts';
import { isNotable, runLine } from '../run-text.ts';

export const showCommand: CommandBody = async (args, io) => {
  const project = openProject(io.cwd, io.env);
  const run = await readRun(project, args.text('run') ?? 'latest');
  const events = await readEvents(join(runDir(project, run.id), 'events.ndjson'));
  if (args.flag('json')) {
    const outputs = (await runOutputs(project, run)).map(({ stage, port, path, artifact: { kind, digest, bytes, rows } }) => ({
      stage,
      port,
      kind,
      digest,
      bytes,
      ...(rows !== undefined && { rows }),
      path,
    }));
    io.out(
      `${JSON.stringify({ ...run, outputs, notable: events.filter((event) => isNotable(event) && event.type !== 'stage.finished') })}\n`,
    );
    return 0;
  }
  const text = new EventText({ paint: io.outPaint, cwd: io.cwd, everyStep: false });
  io.out(`${runLine(run, io.outPaint)}\n`);
  if (run.git.commit !== null)
    io.out(`${io.outPaint.dim(`commit ${run.git.commit.slice(0, 12)}${run.git.dirty ? ', with changes that are not committed' : ''}`)}\n`);
  for (const event of events) {
    const lines = text.lines(event);
    if (isNotable(event)) io.out(lines.map((line) => `${line}\n`).join(''));
  }
  return 0;
};

/** The events of a run that can be read; a line cut off by a kill is left out. */
async function readEvents(file: string): Promise<readonly SluiceEvent[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line): SluiceEvent[] => {
    try {
      return line === '' ? [] : [JSON.parse(line) as SluiceEvent];
    } catch {
      return [];
    }
  });
}
