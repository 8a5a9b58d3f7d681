import { resolve } from 'node:path';
import { type CommandContext, SluiceError } from '../../../pipeline/index.ts';

/** An option's path, from where the command was called. */
export function pathOf({ args, io }: CommandContext, option: string): string | undefined {
  const text = args.text(option);
  return text === undefined ? undefined : resolve(io.cwd, text);
}

/** @throws SluiceError USAGE where it was not given */
export function requiredPath(context: CommandContext, option: string): string {
  const path = pathOf(context, option);
  if (path !== undefined) return path;
  throw new SluiceError('USAGE', `"drift" needs --${option} PATH: a Parquet or CSV file, or a folder of them`, {
    hint: 'For example: sluice drift --reference train.parquet --current 2026-11.parquet',
  });
}
