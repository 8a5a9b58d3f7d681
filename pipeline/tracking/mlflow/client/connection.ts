import { Agent as HttpAgent, validateHeaderName, validateHeaderValue } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { authorization, type TrackingEnv } from './credentials.ts';
import { NO_SERVER } from './no-server.ts';
import { type Patience, patienceOf } from './patience.ts';
import { tlsOptions } from './tls-options.ts';

/** Where a server is and how patient we are with it. Holds the credentials; never printed. */
export interface MlflowConnection extends Patience {
  /** Without credentials and without a slash at the end: safe to print. */
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: HttpAgent | HttpsAgent;
  readonly signal: AbortSignal | undefined;
}

export interface ConnectOptions {
  /** @default process.env */
  readonly env?: TrackingEnv;
  /** @default MLFLOW_HTTP_REQUEST_TIMEOUT (seconds), else 60000 */
  readonly timeoutMs?: number;
  /** @default 20000, or without end where MLFLOW_HTTP_REQUEST_MAX_RETRIES counts instead */
  readonly retryForMs?: number;
  readonly signal?: AbortSignal;
  /** Sent with every call; MLFLOW_WORKSPACE adds `x-mlflow-workspace`, which a server without workspaces refuses. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Describes a server; sends nothing yet.
 * @throws SluiceError CONFIG_VALUE for a uri that is not http(s), for variables that cannot be met and headers that cannot be sent
 */
export function connectMlflow(uri: string, options: ConnectOptions = {}): MlflowConnection {
  const url = parseTrackingUri(uri);
  const env = options.env ?? process.env;
  const auth = authorization(url, env);
  const workspace = env['MLFLOW_WORKSPACE'] ?? '';
  const agent = url.protocol === 'https:' ? new HttpsAgent({ keepAlive: true, ...tlsOptions(env) }) : new HttpAgent({ keepAlive: true });
  const headers = {
    ...(workspace === '' ? {} : { 'x-mlflow-workspace': workspace }),
    ...(auth === undefined ? {} : { authorization: auth }),
    ...options.headers,
  };
  for (const [name, value] of Object.entries(headers)) assertHeader(name, value);
  return {
    ...patienceOf(env, options),
    ...(uri === NO_SERVER ? { maxTries: 1 } : {}),
    uri: printableUri(uri),
    headers,
    agent,
    signal: options.signal,
  };
}

/** Which variable a header comes from. A login is coded, a token goes as it is. */
const VARIABLES: Readonly<Record<string, string>> = { authorization: 'MLFLOW_TRACKING_TOKEN', 'x-mlflow-workspace': 'MLFLOW_WORKSPACE' };

/** Node refuses it as late as it is sent, which would look like a server that is away. */
function assertHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw new SluiceError('CONFIG_VALUE', `${VARIABLES[name] ?? `the header ${JSON.stringify(name)}`} cannot be sent as a header of HTTP`, {
      hint: 'It may hold letters, digits and signs of ASCII, and no line end: where it comes from a file, cut the one at its end.',
    });
  }
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
