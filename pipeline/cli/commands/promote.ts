import { userInfo } from 'node:os';
import { checkRequest, type Moved, openRegistry, promote, rollback } from '../../tracking/mlflow/index.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandArgs, CommandBody } from '../command.ts';
import { findTrackingProject } from '../tracking-project.ts';

export const promoteCommand: CommandBody = async (args, io) => {
  const request = requestOf(args);
  const connection = await openRegistry(await findTrackingProject(args, io), `which versions "${request.model}" has`);
  const moved = await promote(connection, { ...request, version: args.text('version') ?? '' });
  return tell(moved, request.model, { args, io });
};

export const rollbackCommand: CommandBody = async (args, io) => {
  const request = requestOf(args);
  const connection = await openRegistry(await findTrackingProject(args, io), `what the ${request.alias} of "${request.model}" was before`);
  return tell(await rollback(connection, request), request.model, { args, io });
};

function requestOf(args: CommandArgs) {
  const request = {
    model: args.text('model') ?? '',
    alias: args.text('alias') ?? 'champion',
    reason: args.text('reason') ?? '',
    by: userName(),
  };
  checkRequest(request); // before anybody starts a server for it
  return request;
}

function tell(
  { decision, changed, filesChecked, resembles }: Moved,
  model: string,
  { args, io }: { readonly args: CommandArgs; readonly io: CliIo },
): number {
  const { alias, from, to, verdict } = decision;
  if (args.flag('json')) {
    io.out(`${JSON.stringify({ model, ...decision, changed, filesChecked, resembles })}\n`);
    return 0;
  }
  if (!changed) {
    io.say(`"${model}" version ${to} is ${alias} already: nothing was changed.\n`);
    return 0;
  }
  if (verdict !== 'passed' && decision.kind === 'promote')
    io.say(
      `${io.paint.yellow('!')} the gate ${verdict === 'none' ? 'has not judged' : 'did not pass'} version ${to} (verdict: ${verdict}): this is on your word\n`,
    );
  if (filesChecked === 0)
    io.say(`${io.paint.yellow('!')} version ${to} carries no digests: whether its files are what was registered is not known\n`);
  if (resembles !== null) io.say(`${io.paint.yellow('!')} no version had an alias "${alias}" before. Did you mean --alias ${resembles}?\n`);
  io.say(
    `${io.paint.green('✔')} "${model}" version ${to} is ${alias} now; before: ${from === null ? 'none' : `version ${from}`}. The reason is on record.\n`,
  );
  return 0;
}

/** A container may have a user id without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
