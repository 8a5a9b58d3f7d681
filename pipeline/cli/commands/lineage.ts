import { findLineage } from '../../execute/answers/find-lineage.ts';
import type { CommandBody } from '../command.ts';
import { lineageText } from '../lineage-text.ts';
import { openWork } from '../open-work.ts';
import { trackingProject } from '../tracking-project.ts';

export const lineageCommand: CommandBody = async (args, io) => {
  const work = await openWork(args, io);
  const answer = await findLineage({
    project: work.project,
    pipeline: work.loaded.pipeline,
    tracking: trackingProject(work, io),
    subject: args.text('subject') ?? '',
    cwd: io.cwd,
  });
  io.out(args.flag('json') ? `${JSON.stringify(answer)}\n` : lineageText(answer, io.outPaint));
  return 0;
};
