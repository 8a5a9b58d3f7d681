import { join, resolve } from 'node:path';
import { type CommandContext, type CommandRun, SluiceError } from '../../../pipeline/index.ts';
import { ROLES } from '../../roles.ts';
import { addKey, readKeyFile, removeKey } from '../keys/key-file.ts';

export const command: CommandRun = async (context) => {
  const { args, io } = context;
  const file = keysPlace(context);
  switch (args.text('action')) {
    case 'add': {
      const role = ROLES.find((each) => each === args.text('role')) ?? 'officer';
      const name = requireName(context);
      const key = await addKey(file, { name, role });
      io.say(`a key for ${name}, ${role}; it is not shown again:\n`);
      io.out(`${key}\n`);
      return 0;
    }
    case 'remove':
      await removeKey(file, requireName(context));
      io.say('removed; a running server refuses it within a second\n');
      return 0;
    default:
      for (const { name, role, sha256 } of await readKeyFile(file)) io.out(`${name}\t${role}\t${sha256.slice(0, 8)}\n`);
      return 0;
  }
};

/** The file of keys: the option, or the artifacts' own. */
export function keysPlace({ args, io, artifactsDir }: Pick<CommandContext, 'args' | 'io' | 'artifactsDir'>): string {
  const named = args.text('keys');
  return named === undefined ? join(artifactsDir, 'serving', 'keys.json') : resolve(io.cwd, named);
}

function requireName({ args }: CommandContext): string {
  const name = args.text('name');
  if (name !== undefined) return name;
  throw new SluiceError('USAGE', `keys ${args.text('action') ?? ''} needs a name`, {
    hint: 'For example: sluice keys add amina --role officer',
  });
}
