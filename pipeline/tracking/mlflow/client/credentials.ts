import { readFileSync } from 'node:fs';

export type TrackingEnv = Readonly<Record<string, string | undefined>>;

/** Basic before bearer, as MLflow's Python client does it. Credentials inside the uri count as basic. */
export function authorization(uri: URL, env: TrackingEnv): string | undefined {
  const user = uri.username === '' ? env['MLFLOW_TRACKING_USERNAME'] : decodeURIComponent(uri.username);
  const password = uri.username === '' ? env['MLFLOW_TRACKING_PASSWORD'] : decodeURIComponent(uri.password);
  const token = env['MLFLOW_TRACKING_TOKEN'];
  if (user !== undefined && user !== '') return `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`;
  return token === undefined || token === '' ? undefined : `Bearer ${token}`;
}

export interface TlsOptions {
  readonly rejectUnauthorized?: boolean;
  readonly ca?: string;
}

export function tlsOptions(env: TrackingEnv): TlsOptions {
  const certificate = env['MLFLOW_TRACKING_SERVER_CERT_PATH'];
  return {
    ...(env['MLFLOW_TRACKING_INSECURE_TLS'] === 'true' ? { rejectUnauthorized: false } : {}),
    ...(certificate === undefined || certificate === '' ? {} : { ca: readFileSync(certificate, 'utf8') }),
  };
}
