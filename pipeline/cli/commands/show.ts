import { EventText } from '../../events/event-text.ts';
import { openProject } from '../../execute/project/project.ts';
import { readEvents } from '../../execute/record/read-events.ts';
import { runOutputs } from '../../execute/record/run-outputs.ts';
import { readRun } from '../../execute/record/run-record.ts';
import type { CommandBody } from '../command.ts';
import { isNotable, runLine } from '../run-text.ts';

export const showCommand: CommandBody = async (args, io) => {
  const project = openProject(io.cwd, io.env);
  const run = await readRun(project, args.text('run') ?? 'latest');
  if (args.flag('md')) {
    const [{ loadPipeline }, { runSummary }] = await Promise.all([
      import('../../execute/project/load-pipeline.ts'),
      import('../../execute/record/run-summary.ts'),
    ]);
    io.out(await runSummary(project, run, (await loadPipeline(project)).pipeline));
    return 0;
  }
  const events = await readEvents(project, run.id);
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
