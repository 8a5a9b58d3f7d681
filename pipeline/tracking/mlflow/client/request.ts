import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { messageOf, systemErrorCode } from '../../../util/error-code.ts';
import { type Reader, UnexpectedAnswer } from './answer.ts';
import { distrusted, parseErrorBody, refused, unreachable } from './api-error.ts';
import { attempt, type Call, jsonOf, type Reply } from './attempt.ts';
import type { MlflowConnection } from './connection.ts';
import { backoffMs, retryAfterMs } from './backoff.ts';
import { isCertificateError } from './tls-options.ts';
import { assertText } from './validate.ts';
import { withoutSecrets } from './without-secrets.ts';

const RETRYABLE_STATUS = new Set([408, 429, 500, 502, 503, 504]);
/** The connection never came to be, so nothing was carried out. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

interface Failure {
  readonly reason: string;
  readonly ambiguous: boolean;
  readonly waitMs: number;
  readonly cause?: unknown;
}

/**
 * Sends a call and tries again on 408, 429, 5xx and socket errors for as long as the connection says.
 * @throws SluiceError MLFLOW_REFUSED for text that MLflow would spoil and for any other answer that is not 2xx, MLFLOW_UNREACHABLE when patience ends
 */
export async function request(connection: MlflowConnection, call: Call): Promise<Reply> {
  const endpoint = `${call.method} ${call.path.split('?')[0]}`;
  const json = jsonOf(call);
  if (json !== undefined) assertText(endpoint, json);
  const started = Date.now();
  for (let tries = 1; ; tries++) {
    const outcome = await tryOnce(connection, call, { endpoint, json });
    if ('status' in outcome) return outcome;
    const waitMs = Math.max(outcome.waitMs, backoffMs(connection, tries));
    const onlyOnce = call.stream !== undefined || call.pipeTo !== undefined;
    const patienceEnds = onlyOnce || tries >= connection.maxTries || Date.now() - started + waitMs > connection.retryForMs;
    if (patienceEnds || (outcome.ambiguous && call.repeatable === false)) throw unreachable(connection, { endpoint, tries, ...outcome });
    await sleep(waitMs, undefined, connection.signal === undefined ? {} : { signal: connection.signal });
  }
}

/** A JSON call whose answer is read: `read` throws an UnexpectedAnswer where it is not what MLflow 3 says. */
export async function requestJson<T>(connection: MlflowConnection, read: Reader<T>, call: Call): Promise<T> {
  const reply = await request(connection, call);
  try {
    return read(parseJson(reply), '');
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    throw new SluiceError(
      'MLFLOW_REFUSED',
      `${connection.uri} answered ${call.method} ${call.path.split('?')[0]} in a way that MLflow 3 does not: ${error.message}`,
      {
        hint: 'Check that tracking.uri or MLFLOW_TRACKING_URI names an MLflow 3 server.',
        cause: error,
        data: { body: withoutSecrets(connection, reply.body.toString('utf8')).slice(0, 200) },
      },
    );
  }
}

async function tryOnce(
  connection: MlflowConnection,
  call: Call,
  { endpoint, json }: { readonly endpoint: string; readonly json: string | undefined },
): Promise<Reply | Failure> {
  let reply: Reply;
  try {
    reply = await attempt(connection, call, json);
  } catch (error) {
    if (connection.signal?.aborted === true) throw error;
    const code = systemErrorCode(error) ?? '';
    if (code === 'ENOENT' || code === 'EACCES') throw error;
    if (isCertificateError(code)) throw distrusted(connection, endpoint, error);
    return { reason: socketReason(error, code), ambiguous: !NEVER_SENT.has(code), waitMs: 0, cause: error };
  }
  if (reply.status >= 200 && reply.status < 300) return reply;
  const { code, message } = parseErrorBody(connection, reply);
  if (!RETRYABLE_STATUS.has(reply.status) || code === 'FEATURE_DISABLED') throw refused(connection, endpoint, reply);
  const asked = connection.respectRetryAfter ? retryAfterMs(reply.headers['retry-after']) : 0;
  return { reason: `${reply.status} ${code ?? ''} ${message.slice(0, 200)}`.trim(), ambiguous: reply.status !== 429, waitMs: asked };
}

function socketReason(error: unknown, code: string): string {
  if (code === 'ECONNREFUSED') return 'connection refused';
  const message = messageOf(error);
  return message === '' ? code : message;
}

function parseJson(reply: Reply): unknown {
  try {
    return JSON.parse(reply.body.toString('utf8'));
  } catch {
    return undefined;
  }
}
