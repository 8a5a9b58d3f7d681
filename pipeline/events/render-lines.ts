import type { Paint } from '../util/paint.ts';
import type { SluiceEvent } from './event.ts';
import { EventText } from './event-text.ts';
import { progressText } from './progress-text.ts';
import type { Renderer } from './renderer.ts';

export interface RenderLinesOptions {
  readonly write: (text: string) => void;
  readonly paint: Paint;
  readonly cwd: string;
}

/** A stage says how far it is at most so often, in ms: a log of a long training stays readable. */
const PROGRESS_EVERY_MS = 10_000;

/** Plain lines, for pipes, files and CI: nothing is redrawn. */
export function renderLines(options: RenderLinesOptions): Renderer {
  const text = new EventText({ paint: options.paint, cwd: options.cwd, everyStep: true });
  const lastSaid = new Map<string, number>();
  const due = (event: SluiceEvent & { stage: string }): boolean => {
    const now = Date.parse(event.time);
    const last = lastSaid.get(event.stage);
    if (last !== undefined && now - last < PROGRESS_EVERY_MS) return false;
    lastSaid.set(event.stage, now);
    return last !== undefined;
  };
  const sink = (event: SluiceEvent): void => {
    if (event.type === 'stage.started') lastSaid.set(event.stage, Date.parse(event.time));
    const lines =
      event.type === 'stage.progress' && due(event)
        ? [`  ${event.stage.padEnd(text.nameWidth)} ${progressText(event)}`]
        : text.lines(event);
    for (const line of lines) options.write(`${line}\n`);
  };
  return { sink, close: async () => {} };
}
