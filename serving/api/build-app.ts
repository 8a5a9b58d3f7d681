import { randomUUID } from 'node:crypto';
import { finished } from 'node:stream/promises';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { AppOptions } from './app-options.ts';
import { endpoints } from './endpoints/all.ts';
import { authenticate } from './keys/authenticate.ts';
import { openApi } from './open-api.ts';
import { HttpProblem } from './problems/http-problem.ts';
import { refuseClient } from './problems/refuse-client.ts';
import { toProblem } from './problems/to-problem.ts';
import { registerEndpoint } from './register-endpoint.ts';
import { registerPage } from './register-page.ts';
import { REVIEWERS } from './endpoint.ts';

/** Longest that a client may take to send its request, in ms. */
const REQUEST_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
/** A refused body that is no larger than this is read to its end: who still sends would meet a closed connection instead of the answer. */
const READ_ON_BYTES = 64 * 2 ** 20;

/** The server: the contract's routes, /metrics, the OpenAPI document and the officer's page. Not listening yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { logger, bodyLimit } = options;
  const loggerInstance: FastifyBaseLogger = logger;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    bodyLimit,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    clientErrorHandler: refuseClient,
    // What is not a path or a header that HTTP knows is refused before any route.
    frameworkErrors: (error, request, reply) => void refuse(error, request, reply),
  });
  // A text would be parsed as one and then be no object.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply));
  app.addHook('onRequest', authenticate(options.keys));
  // Before a body is looked at: what is wrong with it is no matter where nothing takes it.
  app.addHook('onRequest', async (request) => {
    if (request.is404) throw notFound(app, request);
  });
  app.addHook('onResponse', (request, reply, done) => {
    observe(options, request, reply);
    done();
  });
  await app.register(rateLimit, {
    max: options.ratePerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.caller?.keyId ?? request.ip,
    // Probes and the page's files are not calls.
    allowList: (request) => request.caller === null,
    errorResponseBuilder: (_request, { after }) =>
      new HttpProblem('TOO_MANY_REQUESTS', `this key has made its ${options.ratePerMinute} calls of this minute`, {
        hint: `Try again in ${after}.`,
      }),
  });
  for (const endpoint of endpoints) registerEndpoint(app, endpoint, options);
  registerTexts(app, options);
  if (options.pageDir !== null) await app.register(registerPage, { dir: options.pageDir });
  app.setNotFoundHandler((request) => {
    throw notFound(app, request);
  });
  return app;
}

function registerTexts(app: FastifyInstance, { metrics }: AppOptions): void {
  app.get('/metrics', { config: { roles: REVIEWERS } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  let document: string | null = null;
  app.get('/v1/openapi.json', { config: { roles: 'open' } }, (_request, reply) => {
    document ??= JSON.stringify(openApi(endpoints));
    return reply.type('application/json').send(document);
  });
}

async function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { body, headers } = toProblem(error, request.id);
  // The message may hold a value of an applicant: where it happened is enough to look for it.
  if (body.status === 500) request.log.error({ at: framesOf(error) }, 'a fault in the server');
  // What is refused for want of something else than a right request says so by its code; why the log of decisions fails is of nobody.
  else if (body.status > 500)
    request.log.warn({ code: body.code, ...(body.code === 'DECISION_LOG_UNAVAILABLE' && { why: body.detail }) }, 'refused for now');
  if (body.status === 413 && Number(request.headers['content-length']) <= READ_ON_BYTES) await readOn(request, reply);
  await reply
    .code(body.status)
    .headers({ ...headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/problem+json')
    .send(JSON.stringify(body));
}

/** Reads a body to its end, which nobody takes. */
async function readOn({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.removeHeader('connection');
  raw.resume();
  await finished(raw, { writable: false }).catch(() => {}); // gone before its end
}

function framesOf(error: unknown): readonly string[] {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return [error instanceof Error ? error.name : typeof error, ...frames.slice(0, 12).map((line) => line.trim())];
}

/** One line a request: the route's pattern, never its values; the key's id, never its name. */
function observe({ metrics }: AppOptions, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? 'none';
  const { statusCode: status } = reply;
  metrics.observe({ route, method: request.method, status }, reply.elapsedTime / 1000);
  request.log.info(
    {
      method: request.method,
      route,
      status,
      ms: Math.round(reply.elapsedTime * 100) / 100,
      key: request.caller?.keyId,
    },
    'answered',
  );
}

/** A path without this method is told which it has; to whom has no key, a path below /v1 is not there for lack of one. */
function notFound(app: FastifyInstance, request: FastifyRequest): HttpProblem {
  const [path = ''] = request.url.split('?');
  const allowed = (['GET', 'POST'] as const).filter((method) => app.findRoute({ url: path, method }) !== null || matches(path, method));
  if (allowed.length > 0) {
    return new HttpProblem('METHOD_NOT_ALLOWED', `${request.method} is not what this path has`, { headers: { allow: allowed.join(', ') } });
  }
  return new HttpProblem('NOT_FOUND', 'there is no such path', { hint: 'GET /v1/openapi.json lists what there is.' });
}

const patterns = endpoints.map(({ url, method }) => ({ method, pattern: new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`) }));

function matches(path: string, method: 'GET' | 'POST'): boolean {
  return patterns.some((each) => each.method === method && each.pattern.test(path));
}
