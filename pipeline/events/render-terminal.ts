import { formatDuration } from '../util/format.ts';
import type { Paint } from '../util/paint.ts';
import type { SluiceEvent } from './event.ts';
import { EventText } from './event-text.ts';
import { LiveRegion } from './live-region.ts';
import { type Progress, progressText } from './progress-text.ts';
import type { Renderer } from './renderer.ts';

export interface RenderTerminalOptions {
  readonly write: (text: string) => void;
  /** Width of the terminal, asked for at each drawing. */
  readonly columns: () => number;
  readonly paint: Paint;
  readonly cwd: string;
  /** Present time in ms. */
  readonly now: () => number;
}

interface Running {
  readonly since: number;
  readonly progress: Progress | null;
}

/** How often the running stages are drawn anew, in ms: their clocks tick even when nothing happens. */
const FRAME_MS = 125;

/** A terminal: what is finished stands above, each running stage below has a bar or counter and its clock. */
export function renderTerminal(options: RenderTerminalOptions): Renderer {
  const text = new EventText({ paint: options.paint, cwd: options.cwd, everyStep: false });
  const region = new LiveRegion(options.write);
  const running = new Map<string, Running>();
  const live = (): string[] => [...running].map(([stage, state]) => liveLine(stage, state, text.nameWidth, options));
  const timer = setInterval(() => region.update([], live()), FRAME_MS);
  timer.unref();
  const sink = (event: SluiceEvent): void => {
    track(running, event, options.now());
    if (event.type !== 'stage.progress') region.update(text.lines(event), live());
  };
  const close = async (): Promise<void> => {
    clearInterval(timer);
    region.update([], []);
  };
  return { sink, close };
}

function track(running: Map<string, Running>, event: SluiceEvent, now: number): void {
  if (event.type === 'stage.started') running.set(event.stage, { since: now, progress: null });
  if (event.type === 'stage.progress') running.set(event.stage, { since: running.get(event.stage)?.since ?? now, progress: event });
  if (event.type === 'stage.finished') running.delete(event.stage);
  if (event.type === 'run.finished') running.clear();
}

function liveLine(stage: string, { since, progress }: Running, nameWidth: number, { columns, paint, now }: RenderTerminalOptions): string {
  const clock = formatDuration(Math.max(0, now() - since));
  const rest = progress === null ? '' : `  ${progressText(progress)}`;
  const line = `▸ ${stage.padEnd(nameWidth)} ${clock.padStart(9)}${rest}`;
  return paint.cyan(line.slice(0, Math.max(20, columns() - 1)));
}
