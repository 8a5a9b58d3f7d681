import { relative } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import { whyNow, type WhyOptions, whyThen } from '../../execute/answers/why-stage.ts';
import { openWorkspace } from '../../execute/project/workspace.ts';
import type { CommandBody } from '../command.ts';
import { openWork } from '../open-work.ts';
import { whyText } from '../why-text.ts';

export const whyCommand: CommandBody = async (args, io) => {
  const [since, run] = [args.text('since') ?? null, args.text('run') ?? null];
  if (since !== null && run !== null) {
    throw new SluiceError('USAGE', '--since and --run ask different questions', {
      hint: 'Ask for what changed since a run, or for why a run did what it did.',
    });
  }
  const { project, loaded, config } = await openWork(args, io);
  const workspace = await openWorkspace(project, loaded, config.values, io.env);
  const show = (file: string): string => relative(io.cwd, file);
  const options: WhyOptions = { workspace, stage: args.text('stage') ?? '', origins: config.origins, show };
  const answer = run === null ? await whyNow(options, since) : await whyThen(options, run);
  io.out(args.flag('json') ? `${JSON.stringify(answer)}\n` : whyText(answer, io.outPaint));
  return 0;
};
