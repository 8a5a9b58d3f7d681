import { spawn } from 'node:child_process';
import { SluiceError } from '../../errors/sluice-error.ts';
import { exportReports } from '../../execute/record/export-reports.ts';
import { openProject } from '../../execute/project/project.ts';
import { readRun } from '../../execute/record/run-record.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandBody } from '../command.ts';

export const reportCommand: CommandBody = async (args, io) => {
  const project = openProject(io.cwd, io.env);
  const run = await readRun(project, args.text('run') ?? 'latest');
  const reports = await exportReports(project, run);
  if (reports.length === 0)
    throw new SluiceError('ARTIFACT_MISSING', `run ${run.id} made no report`, { hint: `See how it ended: sluice show ${run.id}` });
  for (const { path } of reports) {
    io.out(`${path}\n`);
    if (args.flag('open')) openInBrowser(path, io);
  }
  return 0;
};

function openInBrowser(path: string, io: CliIo): void {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(opener, [path], { detached: true, stdio: 'ignore' });
  child.on('error', () => io.say(`${opener} is not there; open the file yourself\n`));
  child.unref();
}
