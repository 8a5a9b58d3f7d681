import type { CliIo } from '../cli-io.ts';
import type { Command } from '../command.ts';
import { ownCommands } from '../project-commands.ts';
import { candidates } from './candidates.ts';
import { projectNames } from './project-names.ts';

/** What the shells' scripts ask: one candidate a line. @param args `--`, then the words after `sluice` */
export async function printCandidates(args: readonly string[], commands: readonly Command[], io: CliIo): Promise<number> {
  const words = args[0] === '--' ? args.slice(1) : args;
  // The graph is loaded where the word may be, or is, a command of the project.
  const known = words.length > 1 && commands.some(({ name }) => name === words[0]);
  const all = known ? commands : [...commands, ...(await ownCommands(io))];
  const found = await candidates(words, all, projectNames(io));
  io.out(found.map((word) => `${word}\n`).join(''));
  return 0;
}
