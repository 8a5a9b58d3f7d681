import { SluiceError } from '../../errors/sluice-error.ts';
import { compareRuns } from '../../execute/answers/compare-runs.ts';
import { openProject } from '../../execute/project/project.ts';
import type { CommandBody } from '../command.ts';
import { diffMarkdown } from '../diff-formats/diff-markdown.ts';
import { diffText } from '../diff-formats/diff-text.ts';

export const diffCommand: CommandBody = async (args, io) => {
  if (args.flag('md') && args.flag('json'))
    throw new SluiceError('USAGE', '--md and --json are two forms of one answer', { hint: 'Take one of them.' });
  const diff = await compareRuns(openProject(io.cwd, io.env), args.text('a') ?? 'latest~1', args.text('b') ?? 'latest');
  if (args.flag('json')) io.out(`${JSON.stringify(diff)}\n`);
  else io.out(args.flag('md') ? diffMarkdown(diff) : diffText(diff, io.outPaint));
  return 0;
};
