import { join } from 'node:path';
import { renderError } from '../../errors/render-error.ts';
import { serializeError } from '../../errors/sluice-error.ts';
import { endAbandoned } from '../../execute/end-tracking.ts';
import { mlflowUp, openedRuns, pendingJournals, syncOutbox, type SyncEvent } from '../../tracking/mlflow/index.ts';
import { assertNever } from '../../util/assert-never.ts';
import { plural } from '../../util/format.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandBody } from '../command.ts';
import { findTrackingProject } from '../tracking-project.ts';

export const syncCommand: CommandBody = async (args, io) => {
  const project = await findTrackingProject(args, io);
  const outbox = join(project.artifactsDir, 'outbox');
  const json = args.flag('json');
  const waiting = (await pendingJournals(outbox)).length;
  if (!json && waiting > 0) io.say(`${plural(waiting, 'run')} to send\n`);
  let done = { sent: 0, remaining: 0, ended: 0 };
  if (waiting > 0 || (await openedRuns(outbox)).length > 0) {
    const { uri } = await mlflowUp(project);
    const onEvent = (event: SyncEvent): void => (json ? io.out(`${jsonLine(event)}\n`) : sayEvent(event, io));
    const result = await syncOutbox({ outbox, uri, env: io.env, onEvent });
    done = { ...result, ended: await endAbandoned(project, { uri, outbox }) };
  }
  if (json) io.out(`${JSON.stringify({ type: 'sync.done', ...done })}\n`);
  else if (done.ended > 0) io.say(`${plural(done.ended, 'run')} that nobody writes any more ended as KILLED\n`);
  else if (waiting === 0) io.say('Nothing waits to be sent.\n');
  return 0;
};

function jsonLine(event: SyncEvent): string {
  return JSON.stringify(event.type === 'sync.failed' ? { ...event, error: serializeError(event.error) } : event);
}

function sayEvent(event: SyncEvent, io: CliIo): void {
  const { paint, say, cwd } = io;
  switch (event.type) {
    case 'sync.started':
      return say(
        `${paint.dim('▸')} ${event.title}: ${plural(event.operations - event.acknowledged, 'operation')} to send${event.acknowledged === 0 ? '' : `, ${event.acknowledged} are there already`}\n`,
      );
    case 'sync.progress':
      return;
    case 'sync.warning':
      return say(`${paint.yellow('!')} ${event.title}: ${event.message}\n`);
    case 'sync.finished':
      return say(
        `${paint.green('✔')} ${event.title}: registered as ${event.alias}\n  ${paint.dim('MLflow run      ')}  ${paint.cyan(event.runUrl)}\n  ${paint.dim('registered model')}  ${paint.cyan(event.modelUrl)}\n`,
      );
    case 'sync.failed':
      return say(`${event.path} stays\n${renderError(serializeError(event.error), { paint, cwd })}\n`);
    default:
      return assertNever(event);
  }
}
