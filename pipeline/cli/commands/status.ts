import { errorCodes } from '../../errors/codes.ts';
import { slowStatus } from '../../execute/slow-status.ts';
import type { CommandBody } from '../command.ts';
import { openWork } from '../open-work.ts';
import { statusText } from '../status-text.ts';

export const statusCommand: CommandBody = async (args, io) => {
  const { project, loaded, config } = await openWork(args, io);
  const asUsual = !args.has('config') && !args.has('set');
  const report = await slowStatus({ project, loaded, config: config.values, configFiles: asUsual ? config.files : null });
  if (!args.flag('quiet')) io.out(args.flag('json') ? `${JSON.stringify(report)}\n` : statusText(report, io.outPaint));
  return args.flag('quiet') && !report.fresh ? errorCodes.STALE.exit : 0;
};
