import { mlflowDown, mlflowLogPath, mlflowStatus, mlflowUp, printableUri, type TrackingProject } from '../../tracking/mlflow/index.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandBody } from '../command.ts';
import { followFile } from '../follow-file.ts';
import { findTrackingProject } from '../tracking-project.ts';

export const mlflowCommand: CommandBody = async (args, io) => {
  const server = await findTrackingProject(args, io);
  switch (args.text('action')) {
    case 'up':
      return up(server, args.flag('json'), io);
    case 'down':
      return down(server, args.flag('json'), io);
    case 'logs':
      return logs(server, args.flag('follow'), io);
    default:
      return status(server, args.flag('json'), io);
  }
};

async function up(server: TrackingProject, json: boolean, io: CliIo): Promise<number> {
  const { uri, version, started } = await mlflowUp(server, { warn: (message) => io.say(`${io.paint.yellow('!')} ${message}\n`) });
  if (json) io.out(`${JSON.stringify({ uri: printableUri(uri), running: true, version, started })}\n`);
  else io.say(`${io.paint.green('✔')} MLflow ${version ?? ''} ${started ? 'started' : 'runs'} at ${io.paint.cyan(printableUri(uri))}\n`);
  return 0;
}

async function down(server: TrackingProject, json: boolean, io: CliIo): Promise<number> {
  const { stopped, uri } = await mlflowDown(server);
  if (json) io.out(`${JSON.stringify({ stopped, uri })}\n`);
  else
    io.say(
      stopped
        ? `${io.paint.green('✔')} the embedded MLflow server at ${uri ?? ''} has stopped\n`
        : 'The embedded MLflow server was not running.\n',
    );
  return 0;
}

async function status(server: TrackingProject, json: boolean, io: CliIo): Promise<number> {
  const { uri, running, version, kind, trouble } = await mlflowStatus(server);
  if (json) {
    io.out(`${JSON.stringify({ uri, running, version })}\n`);
    return 0;
  }
  if (running && trouble !== null) {
    io.out(`${io.outPaint.yellow('!')} ${trouble}\n`);
    return 0;
  }
  const what = kind === 'embedded' ? 'the embedded MLflow server' : 'MLflow';
  io.out(
    running
      ? `${io.outPaint.green('✔')} ${what} ${version ?? ''} runs at ${uri}\n`
      : `${io.outPaint.yellow('!')} ${what} does not run at ${uri}${trouble === null ? '' : `: ${trouble}`}\n`,
  );
  if (!running && kind === 'embedded') io.out(`  start it with: sluice mlflow up; its log: ${mlflowLogPath(server) ?? ''}\n`);
  return 0;
}

/** @throws SluiceError USAGE for a server that is not ours, ARTIFACT_MISSING where none was started yet */
async function logs(server: TrackingProject, follow: boolean, io: CliIo): Promise<number> {
  const path = mlflowLogPath(server);
  if (path === null) {
    throw new SluiceError('USAGE', 'MLFLOW_TRACKING_URI or tracking.uri names a server of somebody else, whose log is not here', {
      hint: 'Ask whoever runs it, or unset the address to see the log of the embedded server.',
    });
  }
  if (await followFile(path, { follow, io })) return 0;
  throw new SluiceError('ARTIFACT_MISSING', `there is no log of an embedded MLflow server: ${path} does not exist`, {
    hint: 'Start the server: sluice mlflow up',
  });
}
