import type { CommandBody } from '../command.ts';
import { shellScripts } from '../completion/shell-scripts.ts';

export const completionCommand: CommandBody = async (args, io) => {
  const shell = args.text('shell');
  if (shell === 'bash' || shell === 'zsh' || shell === 'fish') io.out(shellScripts[shell]);
  return 0;
};
