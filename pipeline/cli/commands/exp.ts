import { SluiceError } from '../../errors/sluice-error.ts';
import type { CommandArgs, CommandBody } from '../command.ts';

export const expCommand: CommandBody = async (args, io) => {
  const action = args.text('action');
  refuseSurplus(args, action);
  if (action === 'run') return (await import('./exp-run.ts')).runStudyCommand(named(args, 'study', 'run NAME'), args, io);
  const { diffStudies, listStudies } = await import('./exp-answers.ts');
  if (action === 'diff') return diffStudies([named(args, 'study', 'diff A B'), named(args, 'other', 'diff A B')], args, io);
  return listStudies(args, io);
};

function named(args: CommandArgs, name: string, form: string): string {
  const given = args.text(name);
  if (given === undefined) throw new SluiceError('USAGE', `write: sluice exp ${form}`, { hint: 'See the studies with: sluice exp ls' });
  return given;
}

const TAKES: Readonly<Record<string, number>> = { run: 1, ls: 0, diff: 2 };
const OF_RUN = ['config', 'set', 'jobs', 'save', 'no-mlflow'] as const;

function refuseSurplus(args: CommandArgs, action = ''): void {
  const given = ['study', 'other'].flatMap((name) => args.text(name) ?? []);
  const extra = given[TAKES[action] ?? 0];
  if (extra !== undefined)
    throw new SluiceError('USAGE', `exp ${action} does not know what to do with "${extra}"`, { hint: 'See: sluice exp --help' });
  const option = action === 'run' ? undefined : OF_RUN.find((name) => args.has(name));
  if (option !== undefined)
    throw new SluiceError('USAGE', `--${option} has a meaning for exp run only`, { hint: 'See: sluice exp --help' });
}
