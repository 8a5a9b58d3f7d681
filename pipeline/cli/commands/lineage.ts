import { findLineage } from '../../execute/answers/find-lineage.ts';
import { trackingSection } from '../../execute/start-tracking.ts';
import type { CommandBody } from '../command.ts';
import { lineageText } from '../lineage-text.ts';
import { openWork } from '../open-work.ts';

export const lineageCommand: CommandBody = async (args, io) => {
  const { project, loaded, config } = await openWork(args, io);
  const { dir, artifactsDir } = project;
  const tracking = { dir, artifactsDir, uri: trackingSection(config.values).uri, env: io.env };
  const answer = await findLineage({ project, pipeline: loaded.pipeline, tracking, subject: args.text('subject') ?? '' });
  io.out(args.flag('json') ? `${JSON.stringify(answer)}\n` : lineageText(answer, io.outPaint));
  return 0;
};
