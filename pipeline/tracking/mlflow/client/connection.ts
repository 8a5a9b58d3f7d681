import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { authorization, tlsOptions, type TrackingEnv } from './credentials.ts';

/** Where a server is and how patient we are with it. Holds the credentials; never printed. */
export interface MlflowConnection {
  /** Without credentials and without a slash at the end: safe to print. */
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: HttpAgent | HttpsAgent;
  /** Silence on the socket after which a call counts as lost, in ms; sqlite under load needs 30 s. */
  readonly timeoutMs: number;
  /** How long one call is tried again, in ms. */
  readonly retryForMs: number;
  /** And how often, the first attempt included. */
  readonly maxTries: number;
  readonly signal: AbortSignal | undefined;
}

export interface ConnectOptions {
  /** @default process.env */
  readonly env?: TrackingEnv;
  /** @default MLFLOW_HTTP_REQUEST_TIMEOUT (seconds), else 60000 */
  readonly timeoutMs?: number;
  /** @default 20000 */
  readonly retryForMs?: number;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Describes a server; sends nothing yet. @throws SluiceError CONFIG_VALUE for a uri that is not http(s) */
export function connectMlflow(uri: string, options: ConnectOptions = {}): MlflowConnection {
  const url = parseTrackingUri(uri);
  const env = options.env ?? process.env;
  const auth = authorization(url, env);
  const agent = url.protocol === 'https:' ? new HttpsAgent({ keepAlive: true, ...tlsOptions(env) }) : new HttpAgent({ keepAlive: true });
  return {
    uri: printableUri(uri),
    headers: { ...options.headers, ...(auth === undefined ? {} : { authorization: auth }) },
    agent,
    timeoutMs: options.timeoutMs ?? 1000 * (wholeNumber(env['MLFLOW_HTTP_REQUEST_TIMEOUT']) ?? 60),
    retryForMs: options.retryForMs ?? 20_000,
    maxTries: 1 + (wholeNumber(env['MLFLOW_HTTP_REQUEST_MAX_RETRIES']) ?? Number.POSITIVE_INFINITY),
    signal: options.signal,
  };
}

/** The uri without user, password, query and trailing slash. */
export function printableUri(uri: string): string {
  const url = parseTrackingUri(uri);
  return `${url.protocol}//${url.host}${url.pathname}`.replace(/\/+$/, '');
}

function parseTrackingUri(uri: string): URL {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // A uri that does not parse may still hold a password: name only what stands before "@" is cut.
  const shown = uri.replace(/\/\/[^@/]*@/, '//');
  throw new SluiceError('CONFIG_VALUE', `tracking uri "${shown}" is not an http(s) address of an MLflow server`, {
    hint: 'Set tracking.uri or MLFLOW_TRACKING_URI to something like http://127.0.0.1:5000, or leave both out: `sluice mlflow up` starts a server.',
  });
}

/** Variables of MLflow's Python client; nonsense counts as unset, as it does there. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
