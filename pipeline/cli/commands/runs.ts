import { openProject } from '../../execute/project/project.ts';
import { listRuns } from '../../execute/record/run-record.ts';
import type { CommandBody } from '../command.ts';
import { runLine } from '../run-text.ts';

export const runsCommand: CommandBody = async (args, io) => {
  const runs = (await listRuns(openProject(io.cwd, io.env))).slice(0, args.number('last'));
  if (args.flag('json')) for (const run of runs) io.out(`${JSON.stringify(run)}\n`);
  else if (runs.length === 0) io.say('Nothing has run yet: sluice run\n');
  else for (const run of runs) io.out(`${runLine(run, io.outPaint)}\n`);
  return 0;
};
