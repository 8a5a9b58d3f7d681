import type { TrackingEnv } from './credentials.ts';

/** How long and how often a call is tried. */
export interface Patience {
  /** Silence on the socket after which a call counts as lost, in ms; sqlite under load needs 30 s. */
  readonly timeoutMs: number;
  /** How long one call is tried again, in ms. */
  readonly retryForMs: number;
  /** And how often, the first attempt included. */
  readonly maxTries: number;
  /** First wait in ms, doubled each time up to `backoffCapMs`; `jitterMs` is the most that chance adds. */
  readonly backoffMs: number;
  readonly backoffCapMs: number;
  readonly jitterMs: number;
  readonly respectRetryAfter: boolean;
}

/**
 * From the variables of MLflow's Python client, in seconds: MLFLOW_HTTP_REQUEST_TIMEOUT, _MAX_RETRIES, _BACKOFF_FACTOR and
 * _BACKOFF_JITTER, and MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER; nonsense counts as unset. Whoever names a number of retries gets
 * that many, however long they take; else 20 s decide.
 */
export function patienceOf(env: TrackingEnv, asked: { readonly timeoutMs?: number; readonly retryForMs?: number }): Patience {
  const retries = seconds(env['MLFLOW_HTTP_REQUEST_MAX_RETRIES']);
  const factor = seconds(env['MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR']);
  const jitter = seconds(env['MLFLOW_HTTP_REQUEST_BACKOFF_JITTER']);
  const first = factor === undefined ? 200 : 1000 * factor;
  return {
    timeoutMs: asked.timeoutMs ?? 1000 * (seconds(env['MLFLOW_HTTP_REQUEST_TIMEOUT']) ?? 60),
    retryForMs: asked.retryForMs ?? (retries === undefined ? 20_000 : Number.POSITIVE_INFINITY),
    maxTries: 1 + Math.floor(retries ?? Number.POSITIVE_INFINITY),
    backoffMs: first,
    // urllib3's own cap where the factor is the user's.
    backoffCapMs: factor === undefined ? 5000 : 120_000,
    jitterMs: jitter === undefined ? first / 2 : 1000 * jitter,
    respectRetryAfter: !/^(0|false)$/i.test(env['MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER'] ?? ''),
  };
}

function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}
