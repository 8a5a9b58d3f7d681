import { SluiceError } from '../../errors/sluice-error.ts';
import { unpinTarget } from '../../execute/answers/pin-target.ts';
import { openProject } from '../../execute/project/project.ts';
import type { CommandBody } from '../command.ts';

export const unpinCommand: CommandBody = async (args, io) => {
  const target = args.text('target') ?? '';
  const count = await unpinTarget(openProject(io.cwd, io.env), target);
  if (count === 0) throw new SluiceError('USAGE', `nothing is pinned as "${target}"`, { hint: 'List the pins with: sluice pin' });
  io.say(`${target} is not pinned any more: sluice gc may take it when nothing else needs it\n`);
  return 0;
};
