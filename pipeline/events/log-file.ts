import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DestinationStream, Logger } from 'pino';
import { assertNever } from '../util/assert-never.ts';
import { jsonLine } from './render-json.ts';
import type { LogLevel, SluiceEvent } from './event.ts';
import type { Renderer } from './renderer.ts';

/**
 * A run's log for log collectors: `<runs>/<run>/log.ndjson`, pino's format (level, time in ms, msg, err), every event at its level.
 * Written from `run.started` on; pino is loaded while the first stage is at work.
 * @param level least level that is written
 */
export function logFile(runsDir: string, level: LogLevel = 'info'): Renderer {
  const early: SluiceEvent[] = [];
  let logger: Logger | null = null;
  let broken = false;
  let opening: Promise<void> = Promise.resolve();
  let stream: (DestinationStream & { flushSync(): void; end(): void; on(event: 'error', hear: () => void): unknown }) | null = null;
  const open = async (run: string): Promise<void> => {
    const { pino } = await import('pino');
    mkdirSync(join(runsDir, run), { recursive: true });
    stream = pino.destination({ dest: join(runsDir, run, 'log.ndjson'), sync: true });
    stream.on('error', giveUp);
    logger = pino({ level, base: { run } }, stream);
    for (const event of early.splice(0)) write(logger, event);
  };
  // A log that cannot be written stops no run: the events file and the terminal tell the same.
  const giveUp = (): void => {
    broken = true;
    early.splice(0);
  };
  const sink = (event: SluiceEvent): void => {
    if (event.type === 'run.started') opening = open(event.run).catch(giveUp);
    if (broken) return;
    if (logger === null) early.push(event);
    else write(logger, event);
  };
  const close = async (): Promise<void> => {
    await opening;
    try {
      stream?.end();
    } catch {
      giveUp(); // the disk is full: what is held back cannot be written
    }
    stream = null;
    logger = null;
    broken = true;
  };
  return { sink, close };
}

function write(logger: Logger, event: SluiceEvent): void {
  const { rest, msg } = partsOf(event);
  logger[levelOf(event)](rest, msg);
}

/** What pino writes for an event, for whom loading pino would cost more than the rest of the run. */
export function logLine(event: SluiceEvent, run: string): string {
  const { rest, msg } = partsOf(event);
  return JSON.stringify({ level: LEVELS[levelOf(event)], time: Date.parse(event.time), run, ...rest, msg });
}

/** Pino's numbers. */
const LEVELS: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

function partsOf(event: SluiceEvent): { readonly rest: Readonly<Record<string, unknown>>; readonly msg: string } {
  const { time: _time, ...fields } = JSON.parse(jsonLine(event)) as Record<string, unknown>;
  const { message, level: _level, run: _run, ...rest } = fields;
  return { rest, msg: typeof message === 'string' ? message : event.type };
}

/** The level of an event in a log. */
export function levelOf(event: SluiceEvent): LogLevel {
  switch (event.type) {
    case 'stage.log':
      return event.level;
    case 'stage.progress':
    case 'stage.output':
      return 'debug';
    case 'warning':
    case 'artifact.quarantined':
      return 'warn';
    case 'error':
      return 'error';
    case 'stage.finished':
      return event.outcome === 'failed' ? 'error' : 'info';
    case 'gate.verdict':
      return event.verdict === 'rejected' ? 'warn' : 'info';
    case 'tracking.server':
      return event.state === 'unreachable' ? 'warn' : 'info';
    case 'run.finished':
      return event.exitCode === 0 ? 'info' : 'error';
    case 'run.started':
    case 'stage.started':
    case 'lock.waiting':
      return 'info';
    default:
      return assertNever(event);
  }
}
