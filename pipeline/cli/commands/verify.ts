import { errorCodes } from '../../errors/codes.ts';
import { stamp } from '../../events/event.ts';
import { openProject } from '../../execute/project/project.ts';
import { verifyStore } from '../../execute/verify/verify-store.ts';
import { openWorkspace } from '../../execute/project/workspace.ts';
import { chooseRenderer } from '../choose-renderer.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandArgs, CommandBody } from '../command.ts';
import { openWork } from '../open-work.ts';
import { rerunText, verifyText } from '../verify-text.ts';

export const verifyCommand: CommandBody = async (args, io) => {
  const stage = args.text('rerun');
  if (stage !== undefined) return rerun(stage, args, io);
  const { artifactsDir } = openProject(io.cwd, io.env);
  const onBlob = io.interactive ? (done: number, total: number): void => io.say(`\r${done} of ${total} blobs`) : undefined;
  const result = await verifyStore(artifactsDir, { all: args.flag('all'), ...(onBlob !== undefined && { onBlob }) });
  if (onBlob !== undefined) io.say('\r\u001B[K');
  io.out(args.flag('json') ? `${JSON.stringify(result)}\n` : verifyText(result, io.outPaint));
  return result.damaged.length === 0 ? 0 : errorCodes.STORE_CORRUPT.exit;
};

async function rerun(stage: string, args: CommandArgs, io: CliIo): Promise<number> {
  const { rerunStage } = await import('../../execute/verify/rerun-stage.ts');
  const { project, loaded, config } = await openWork(args, io);
  const json = args.flag('json');
  const renderer = await chooseRenderer(io, { json, artifactsDir: project.artifactsDir });
  try {
    const workspace = await openWorkspace(project, loaded, config.values);
    const result = await rerunStage({ workspace, stage, signal: io.signal, emit: (event) => renderer.sink(stamp(event)) });
    io.out(json ? `${JSON.stringify({ type: 'verify.rerun', ...result })}\n` : rerunText(result, io.outPaint));
    return result.ports.every(({ same }) => same) ? 0 : errorCodes.STORE_CORRUPT.exit;
  } finally {
    await renderer.close();
  }
}
