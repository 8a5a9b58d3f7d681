import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { openLog } from '../../decisions/open-log.ts';
import type { DecisionLog } from '../../decisions/decision-log.ts';
import { ROLES, type Role } from '../../roles.ts';
import type { Scorer } from '../../scorer/scorer.ts';
import { openWorldScorer } from '../../testing/open-world-scorer.ts';
import { servedArtifacts, servedWorld } from '../../testing/served-world.ts';
import type { ApiServices } from '../api-services.ts';
import type { AppOptions } from '../app-options.ts';
import { buildApp } from '../build-app.ts';
import { addKey } from '../keys/key-file.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { ServiceMetrics } from '../metrics/service-metrics.ts';
import { ScoreMonitor } from '../score-monitor.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of the text, where it is JSON. */
  readonly body: unknown;
}

export interface WorldApp extends AsyncDisposable {
  readonly address: string;
  readonly scorer: Scorer;
  readonly decisions: DecisionLog;
  readonly keys: Readonly<Record<Role, string>>;
  readonly keyFile: string;
  /** A call, such as `GET /v1/me`, as somebody of a role, or as nobody. A body that is no text is sent as JSON. */
  readonly send: (role: Role | null, line: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  /** All that was logged so far. */
  readonly logged: () => string;
}

/**
 * The server on a free port of the loopback, with the scorer of the tests' world, a log of its own and a key for each role.
 * @param open another way to the scorer; without one its book and population are in use
 */
export async function openWorldApp(options: Partial<AppOptions> = {}, open: typeof openWorldScorer = openWorldScorer): Promise<WorldApp> {
  const world = await servedWorld();
  const artifactsDir = await servedArtifacts(world);
  const scorer = await open(world, artifactsDir);
  const dir = await mkdtemp(join(tmpdir(), 'sluice-api-'));
  const keyFile = join(dir, 'keys.json');
  const keys: Record<Role, string> = { officer: '', reviewer: '', admin: '' };
  for (const role of ROLES) keys[role] = await addKey(keyFile, { name: `the ${role}`, role });
  const ring = await KeyRing.open(keyFile);
  const decisions = await openLog(join(dir, 'decisions.sqlite'));
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const closing = new AbortController();
  const services: ApiServices = {
    scoring: scorer,
    decisions,
    monitor: new ScoreMonitor(),
    driftReport: async () => null,
    closing: closing.signal,
  };
  const app = await buildApp({
    services,
    keys: ring,
    metrics: new ServiceMetrics(services),
    logger: pino({ level: 'debug', base: null }, sink),
    bodyLimit: 200_000,
    timeoutMs: 30_000,
    ratePerMinute: 100_000,
    pageDir: null,
    ...options,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    scorer,
    decisions,
    keys,
    keyFile,
    logged: () => lines.join(''),
    send: async (role, line, body, headers = {}) => {
      const [method = '', path = ''] = line.split(' ');
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      const key: Record<string, string> = role === null ? {} : { authorization: `Bearer ${keys[role]}` };
      const response = await fetch(address + path, { method, ...sent, headers: { ...type, ...key, ...headers } });
      const text = await response.text();
      const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
      return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : null };
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await app.close();
      ring.close();
      await scorer.close();
      await decisions.close();
      await Promise.all([dir, artifactsDir].map((each) => rm(each, { recursive: true, force: true })));
    },
  };
}
