import type { RunRecord } from '../execute/record/run-record.ts';
import type { SluiceEvent, StageOutcome } from '../events/event.ts';
import { formatDuration } from '../util/format.ts';
import type { Paint } from '../util/paint.ts';

/** `done` · `exit 3` · `did not finish`. */
export function runState({ finishedAt, exitCode }: RunRecord): string {
  if (finishedAt === null || exitCode === null) return 'did not finish';
  return exitCode === 0 ? 'done' : `exit ${exitCode}`;
}

/** One line: id, when it started (UTC), how long it took, how it ended, outcomes counted. */
export function runLine(run: RunRecord, paint: Paint): string {
  const took = run.finishedAt === null ? '' : formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  const state = runState(run);
  const colour = state === 'done' ? paint.green : paint.yellow;
  return `${run.id}  ${run.startedAt.slice(0, 19).replace('T', ' ')}  ${took.padStart(9)}  ${colour(state.padEnd(14))}  ${paint.dim(tally(Object.values(run.stages).map(({ outcome }) => outcome)))}`.trimEnd();
}

/** `5 executed, 7 reused`. */
export function tally(outcomes: readonly StageOutcome[]): string {
  return [...new Set(outcomes)].map((outcome) => `${outcomes.filter((other) => other === outcome).length} ${outcome}`).join(', ');
}

/** What an event means to a reader who comes afterwards: warnings, errors, rejected gates. */
export function isNotable(event: SluiceEvent): boolean {
  return (
    event.type === 'warning' ||
    event.type === 'error' ||
    event.type === 'artifact.quarantined' ||
    (event.type === 'tracking.server' && event.state === 'unreachable') ||
    (event.type === 'stage.log' && (event.level === 'warn' || event.level === 'error')) ||
    (event.type === 'gate.verdict' && event.verdict === 'rejected') ||
    event.type === 'stage.finished'
  );
}
