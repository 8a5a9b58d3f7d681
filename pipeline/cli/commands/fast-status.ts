import { errorCodes } from '../../errors/codes.ts';
import { fastStatus } from '../../execute/fast-status.ts';
import { openProject } from '../../execute/project/project.ts';
import type { CliIo } from '../cli-io.ts';
import { statusText } from '../status-text.ts';

/** `status` from the answer that was kept, without parser, bundler or schema library; null when it has to be worked out. */
export async function tryFastStatus(args: readonly string[], io: CliIo): Promise<number | null> {
  const kept = fastStatus(openProject(io.cwd, io.env), io.env);
  if (kept === null) return null;
  const { report } = kept;
  const quiet = args.includes('-q') || args.includes('--quiet');
  if (!quiet) io.out(args.includes('--json') ? `${JSON.stringify(report)}\n` : statusText(report, io.outPaint));
  return quiet && !report.fresh ? errorCodes.STALE.exit : 0;
}
