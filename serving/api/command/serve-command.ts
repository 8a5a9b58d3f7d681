import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { type CommandRun, SluiceError, systemErrorCode } from '../../../pipeline/index.ts';
import { logPlace } from '../../decisions/command/log-place.ts';
import { openLog } from '../../decisions/open-log.ts';
import { setAsideText } from '../../book/set-aside.ts';
import type { ScorerEvent } from '../../scorer/scorer-event.ts';
import type { ApiServices } from '../api-services.ts';
import { buildApp } from '../build-app.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { ServiceMetrics } from '../metrics/service-metrics.ts';
import { ScoreMonitor } from '../score-monitor.ts';
import { firstKeys } from './first-keys.ts';
import { keysPlace } from './keys-command.ts';
import { openChampion } from './open-champion.ts';
import { readDriftReport } from './read-drift-report.ts';
import { readEvaluation } from './read-evaluation.ts';
import { withoutValues } from '../../scorer/without-values.ts';
import { serveOptions, type ServeOptions } from './serve-options.ts';

/** Log lines are written together, this many bytes or this late: a write for each request is a tenth of its time. */
const LOG_BYTES = 8192;
const LOG_MS = 200;

export const command: CommandRun = async (context) => {
  const { io, projectDir } = context;
  const options = serveOptions(context);
  const lines = pino.destination({ fd: 2, sync: false, minLength: LOG_BYTES });
  const logger = pino({ level: options.logLevel, base: null }, lines);
  const flushing = setInterval(() => logger.flush(), LOG_MS).unref();
  const keyFile = keysPlace(context);
  const made = await firstKeys(keyFile);
  const keys = await KeyRing.open(keyFile);
  const decisions = await openLog(logPlace(context));
  const { bookFolder, rejectTolerance } = options;
  const scoring = await openChampion(context, { bookFolder, rejectTolerance, onEvent: (event) => logEvent(logger, event) });
  const closing = new AbortController();
  const services: ApiServices = {
    scoring,
    decisions,
    monitor: new ScoreMonitor(),
    driftReport: () => readDriftReport(context),
    evaluation: () => readEvaluation(context),
    closing: closing.signal,
  };
  const page = join(projectDir, 'dist', 'workbench');
  const pageDir = existsSync(join(page, 'index.html')) ? page : null;
  const app = await buildApp({ ...options, services, keys, metrics: new ServiceMetrics(services), logger, pageDir });
  try {
    const address = await listen(app, options);
    const { champion, source } = scoring.status();
    logger.info({ address, model: champion, source, decisions: decisions.place, readyMs: Math.round(performance.now()) }, 'ready');
    io.say(welcome({ address, keyFile, made, pageDir, champion: `${champion.name} version ${champion.version}` }));
    await aborted(io.signal);
  } finally {
    // First nobody is sent here any more, then calls that are under way end, then what they work with is closed.
    closing.abort();
    await app.close();
    keys.close();
    await scoring.close();
    await decisions.close();
    clearInterval(flushing);
    logger.info('closed');
    // Not flush() with a callback: that asks for an fsync, which a pipe refuses.
    lines.flushSync();
  }
  return 0;
};

async function listen(app: FastifyInstance, { host, port }: ServeOptions): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    if (systemErrorCode(error) !== 'EADDRINUSE' && systemErrorCode(error) !== 'EACCES') throw error;
    throw new SluiceError('USAGE', `port ${port} of ${host} is taken, or not this user’s to take`, {
      hint: 'Name another: sluice serve --port 8001, or 0 for any that is free.',
      cause: error,
    });
  }
}

interface Welcome {
  readonly address: string;
  readonly keyFile: string;
  readonly made: Awaited<ReturnType<typeof firstKeys>>;
  readonly pageDir: string | null;
  readonly champion: string;
}

function welcome({ address, keyFile, made, pageDir, champion }: Welcome): string {
  const lines = [`serving ${champion} on ${address}`];
  if (made === null) lines.push(`keys: those of ${keyFile}; another one: sluice keys add NAME --role officer`);
  else {
    lines.push(`keys, shown this once and kept as hashes in ${keyFile}:`);
    for (const [role, key] of Object.entries(made)) lines.push(`  ${role.padEnd(9)}${key}`);
    if (pageDir !== null) lines.push(`the officer’s page: ${address}/#key=${made.officer}`);
  }
  if (pageDir === null) lines.push('the officer’s page is not built: npm run build');
  return `${lines.join('\n')}\n`;
}

function logEvent(logger: Logger, event: ScorerEvent): void {
  switch (event.type) {
    case 'warning':
      logger.warn({ code: event.error.code, file: event.error.at?.file, hint: event.error.hint }, withoutValues(event.error));
      return;
    case 'preparing':
      // A large book takes minutes: each part is told once, how far it is to who wants it.
      logger[event.progress.done === 0 ? 'info' : 'debug'](event, 'preparing the book');
      return;
    case 'champion':
    case 'challenger':
      logger.info(event, event.type);
      return;
    case 'prepared': {
      const { setAside } = event;
      logger.info(event, event.type);
      if (setAside !== null) logger.warn({ file: setAside.file }, setAsideText(setAside));
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
