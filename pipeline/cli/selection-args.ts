import { findStage, type Selection } from '../execute/project/select-stages.ts';
import type { Pipeline } from '../graph/stage.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { CommandArgs } from './command.ts';

/** Stages named on the command line. @throws SluiceError GRAPH_UNKNOWN_STAGE with the nearest name, USAGE for --only without a stage */
export function readSelection(args: CommandArgs, pipeline: Pipeline): Selection {
  const name = (option: string): string | null => {
    const given = args.text(option);
    return given === undefined ? null : findStage(pipeline, given).name;
  };
  const targets = args.list('stage').map((stage) => findStage(pipeline, stage).name);
  const selection = { targets, from: name('from'), to: name('to'), only: args.flag('only') };
  if (selection.only && targets.length === 0)
    throw new SluiceError('USAGE', '--only needs the stages to run', { hint: 'Name them: sluice run train --only' });
  return selection;
}

/** `--force` is everything selected, `--force=a --force=b` and `--force=a,b` those stages. */
export function readForce(args: CommandArgs, pipeline: Pipeline): readonly string[] | 'all' | null {
  const given = args.list('force');
  if (given.length === 0) return null;
  if (given.includes('')) return 'all';
  return given.flatMap((names) => names.split(',')).map((name) => findStage(pipeline, name.trim()).name);
}
