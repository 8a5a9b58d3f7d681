import { resolve } from 'node:path';
import { errorCodes } from '../../errors/codes.ts';
import { shortReason } from '../../events/short-reason.ts';
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
  const lines = stages.map((planned) => {
    const { stage, action, reason, estimateMs, certain } = planned;
    const [mark, colour] = MARKS[action];
    const time = action === 'run' && estimateMs !== null ? `~${formatDuration(estimateMs)}` : '';
    const word = action === 'run' && !certain ? 'may run' : action;
    return `${paint[colour](mark)} ${stage.padEnd(width)}  ${paint[colour](word.padEnd(7))} ${time.padStart(9)}  ${paint.dim(`${shortReason(reason)}${forecast(planned)}`)}`.trimEnd();
  });
  return `${[...lines, planTotal(stages)].join('\n')}\n`;
}

/** ` (features came out the same 2 of 5 times)`: what earlier changes of it did. */
function forecast({ waitsFor }: PlannedStage): string {
  const known = waitsFor.filter(({ of }) => of > 0);
  if (known.length === 0) return '';
  return ` (${known.map(({ stage, same, of }, index) => `${stage}${index === 0 ? ' came out the same' : ''} ${same} of ${plural(of, 'time')}`).join(', ')})`;
}

/** What is certain, and what it would come to if nothing is cut off. */
export function planTotal(stages: readonly PlannedStage[]): string {
  const running = stages.filter(({ action }) => action === 'run');
  const certain = running.filter((stage) => stage.certain);
  if (running.length === 0) return 'Nothing to run.';
  if (certain.length === running.length) return `${plural(running.length, 'stage')} to run${about(running)}.`;
  return `${plural(certain.length, 'stage')} to run${about(certain)}; all ${running.length} that may have to${about(running)}.`;
}

function about(stages: readonly PlannedStage[]): string {
  const known = stages.flatMap(({ estimateMs }) => (estimateMs === null ? [] : [estimateMs]));
  const sum = formatDuration(known.reduce((total, ms) => total + ms, 0));
  return known.length === 0 || known.length < stages.length ? '' : `, about ${sum}`;
}
