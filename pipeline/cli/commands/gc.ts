import { collectGarbage, type Collection } from '../../execute/collect/collect-garbage.ts';
import { openProject } from '../../execute/project/project.ts';
import type { CommandBody } from '../command.ts';
import { gcObjectsText, gcSummary, sizesText } from '../gc-text.ts';
import { openWork } from '../open-work.ts';

const KEEP_RUNS = 20;

export const gcCommand: CommandBody = async (args, io) => {
  const json = args.flag('json');
  if (args.flag('sizes')) {
    const { storeSizes } = await import('../../execute/collect/store-sizes.ts');
    const sizes = await storeSizes(openProject(io.cwd, io.env).artifactsDir);
    io.out(json ? `${JSON.stringify(sizes)}\n` : sizesText(sizes, io.outPaint));
    return 0;
  }
  const keepRuns = args.number('keep-runs') ?? KEEP_RUNS;
  const { project, loaded, config } = await openWork(args, io);
  const dryRun = args.flag('dry-run');
  const result = await collectGarbage({ project, pipeline: loaded.pipeline, config: config.values, env: io.env, keepRuns, dryRun });
  if (json) io.out(jsonLines(result));
  else {
    io.out(gcObjectsText(dryRun ? result.objects : result.objects.filter(({ lives }) => !lives), io.outPaint));
    for (const note of result.notes) io.say(`${io.paint.dim(note)}\n`);
    io.say(gcSummary(result));
  }
  return 0;
};

function jsonLines({ objects, notes, removed }: Collection): string {
  const lines: unknown[] = objects.map((object) => ({
    type: 'gc.object',
    ...object,
    modifiedAt: new Date(object.modifiedAt).toISOString(),
  }));
  for (const message of notes) lines.push({ type: 'gc.note', message });
  const dying = objects.filter(({ lives }) => !lives);
  lines.push({
    type: 'gc.finished',
    dryRun: removed === null,
    dying: dying.length,
    bytes: dying.reduce((sum, { bytes }) => sum + bytes, 0),
    removed,
  });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
