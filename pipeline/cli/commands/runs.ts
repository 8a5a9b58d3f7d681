import { openProject } from '../../execute/project/project.ts';
import { allRuns } from '../../execute/record/run-record.ts';
import type { CommandBody } from '../command.ts';
import { runLine } from '../run-text.ts';

export const runsCommand: CommandBody = async (args, io) => {
  const all = await allRuns(openProject(io.cwd, io.env));
  const runs = all.flatMap(({ record }) => record ?? []).slice(0, args.number('last'));
  if (args.flag('json')) for (const run of runs) io.out(`${JSON.stringify(run)}\n`);
  else if (runs.length === 0) io.say('Nothing has run yet: sluice run\n');
  else for (const run of runs) io.out(`${runLine(run, io.outPaint)}\n`);
  for (const { id, path } of all.filter(({ record }) => record === null).toReversed())
    io.say(
      `${io.paint.yellow('!')} the record of run ${id} is not as it was written, so it is not listed: ${path}\n  → What it made stands: sluice show ${id}\n`,
    );
  return 0;
};
