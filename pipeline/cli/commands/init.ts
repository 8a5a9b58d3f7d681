import { relative, resolve } from 'node:path';
import { initProject } from '../../scaffold/init-project.ts';
import { plural } from '../../util/format.ts';
import type { CommandBody } from '../command.ts';

export const initCommand: CommandBody = async (args, io) => {
  const folder = resolve(io.cwd, args.text('folder') ?? '.');
  const { files, linked } = await initProject(folder);
  const shown = relative(io.cwd, folder);
  io.say(
    `${io.paint.green('✔')} ${plural(files.length, 'file')} in ${shown === '' ? 'this folder' : shown}; README.md says what is where\n`,
  );
  if (linked.length > 0) io.say(`  ${io.paint.dim(`linked for now: ${linked.join(', ')}; npm install puts them there for good`)}\n`);
  io.say(`  ${io.paint.cyan('→')} ${shown === '' ? '' : `cd ${/\s/.test(shown) ? `'${shown}'` : shown} && `}npx sluice run\n`);
  return 0;
};
