import type { SluiceEvent } from '../events/event.ts';
import { renderError } from '../errors/render-error.ts';
import { makePaint } from '../util/paint.ts';

/** What of a run's events says why it did not end well: failures with their stacks, what the children wrote, warnings, the last word on each stage. */
export function runStory(events: readonly SluiceEvent[], cwd: string): string {
  const error = { paint: makePaint(false), cwd, stack: true };
  return events
    .flatMap((event) => {
      if (event.type === 'error') return [renderError(event.error, error)];
      if (event.type === 'stage.finished') {
        const last = `${event.time} ${event.stage} ${event.outcome}: ${event.reason}`;
        return event.error === undefined ? [last] : [last, renderError(event.error, error)];
      }
      if (event.type === 'stage.output') return [`${event.stage} ${event.stream}: ${event.text.trimEnd()}`];
      if (event.type === 'warning' || event.type === 'lock.waiting' || event.type === 'artifact.quarantined')
        return [JSON.stringify(event)];
      return [];
    })
    .join('\n');
}
