import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppOptions } from './app-options.ts';
import { giveBackBlock } from './byte-blocks.ts';
import type { Endpoint } from './endpoint.ts';
import { HttpProblem } from './problems/http-problem.ts';
import { invalidRequest } from './problems/invalid-request.ts';
import type { Caller } from './keys/key-ring.ts';

const NOBODY: Caller = { name: '', role: 'officer', keyId: '' };
const nothing = z.strictObject({});

/** Makes a route of the server of an endpoint: parse, handle, answer. Answers are trusted: tests hold them to their schemas. */
export function registerEndpoint(app: FastifyInstance, endpoint: Endpoint, { services, timeoutMs }: AppOptions): void {
  const { method, url, roles, body, query = nothing, params, headers, status = 200, encode } = endpoint;
  const parseBody = parser(body, 'body');
  const parseQuery = parser(query, 'query');
  const parseParams = parser(params, 'params');
  const parseHeaders = parser(headers, 'headers');
  app.route({
    method,
    url,
    config: { roles },
    handler: async (request, reply) => {
      const call = {
        body: parseBody(request.body),
        query: parseQuery(request.query),
        params: parseParams(request.params),
        headers: parseHeaders(headersOf(request, headers)),
        caller: request.caller ?? NOBODY,
      };
      const answer = await inTime(endpoint.handle(call, services), timeoutMs);
      reply.code(status).header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      reply.type('application/json');
      if (encode === undefined) return reply.send(JSON.stringify(answer));
      const bytes = encode(answer);
      // When the last byte is with the system. Where a connection breaks, that never comes, and the collector has them.
      reply.raw.once('finish', () => giveBackBlock(bytes));
      return reply.send(bytes);
    },
  });
}

/** Fastify's own timer stops once a body is read, which is when the work begins. Work that is done when it is looked at is answered, however late. */
function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new HttpProblem('TIMEOUT', `there is no answer after ${ms / 1000} s; it is not waited for any longer`)),
      ms,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Those that a schema names; others are no matter. */
function headersOf({ headers }: FastifyRequest, schema: z.ZodObject | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(schema?.shape ?? {}).flatMap((name) =>
      headers[name.toLowerCase()] === undefined ? [] : [[name, headers[name.toLowerCase()]]],
    ),
  );
}

function parser(schema: z.ZodType | undefined, part: 'body' | 'query' | 'params' | 'headers'): (value: unknown) => unknown {
  if (schema === undefined) return () => undefined;
  return (value) => {
    if (part === 'body' && value === undefined) throw new HttpProblem('MALFORMED_JSON', 'the body is empty; it must be JSON');
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw invalidRequest(parsed.error, part, schema);
  };
}
