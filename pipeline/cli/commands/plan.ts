import { resolve } from 'node:path';
import { errorCodes } from '../../errors/codes.ts';
import { type PlannedAction, type PlannedStage, planRun } from '../../execute/plan-run.ts';
import { formatDuration, plural } from '../../util/format.ts';
import type { Paint } from '../../util/paint.ts';
import type { CommandBody } from '../command.ts';
import { openWork } from '../open-work.ts';
import { readForce, readSelection } from '../selection-args.ts';

export const planCommand: CommandBody = async (args, io) => {
  const { project, loaded, config } = await openWork(args, io);
  const [selection, force] = [readSelection(args, loaded.pipeline), readForce(args, loaded.pipeline)];
  const { stages } = await planRun({ project, loaded, config: config.values, selection, force });
  const out = args.text('out');
  if (out !== undefined) {
    const { savePlan } = await import('../save-plan.ts');
    await savePlan(resolve(io.cwd, out), { project, loaded, config }, { selection, force, overrides: args.list('set') });
  }
  const stale = stages.some((stage) => stage.action === 'run');
  io.out(args.flag('json') ? `${JSON.stringify({ stale, stages })}\n` : planText(stages, io.outPaint));
  return args.flag('exit-code') && stale ? errorCodes.STALE.exit : 0;
};

const MARKS: Readonly<Record<PlannedAction, readonly [mark: string, colour: keyof Paint]>> = {
  run: ['▸', 'yellow'],
  reuse: ['=', 'dim'],
  confirm: ['✓', 'green'],
  blocked: ['⊘', 'red'],
};

/** A line a stage, then how much there is to do. */
export function planText(stages: readonly PlannedStage[], paint: Paint): string {
  const width = Math.max(0, ...stages.map(({ stage }) => stage.length));
  const lines = stages.map(({ stage, action, reason, estimateMs }) => {
    const [mark, colour] = MARKS[action];
    const time = action === 'run' && estimateMs !== null ? `~${formatDuration(estimateMs)}` : '';
    return `${paint[colour](mark)} ${stage.padEnd(width)}  ${paint[colour](action.padEnd(7))} ${time.padStart(9)}  ${paint.dim(reason)}`.trimEnd();
  });
  const running = stages.filter(({ action }) => action === 'run');
  const known = running.flatMap(({ estimateMs }) => (estimateMs === null ? [] : [estimateMs]));
  const estimate =
    known.length === 0 || known.length < running.length ? '' : `, about ${formatDuration(known.reduce((sum, ms) => sum + ms, 0))}`;
  return `${[...lines, running.length === 0 ? 'Nothing to run.' : `${plural(running.length, 'stage')} to run${estimate}.`].join('\n')}\n`;
}
