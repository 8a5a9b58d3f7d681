import { join, resolve } from 'node:path';
import process from 'node:process';
import type { CommandContext } from '../../../pipeline/index.ts';

/** Where the decision log is: the option, the environment, or the artifacts' own. An address stays one, a file is taken from the current folder. */
export function logPlace({ args, io, artifactsDir }: Pick<CommandContext, 'args' | 'io' | 'artifactsDir'>): string {
  const named = args.text('decisions') ?? process.env['SLUICE_DECISIONS'];
  if (named === undefined || named === '') return join(artifactsDir, 'serving', 'decisions.sqlite');
  return named.includes('://') ? named : resolve(io.cwd, named);
}
