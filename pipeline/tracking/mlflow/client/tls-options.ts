import { readFileSync } from 'node:fs';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { messageOf } from '../../../util/error-code.ts';
import type { TrackingEnv } from './credentials.ts';

export interface TlsOptions {
  readonly rejectUnauthorized?: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * MLFLOW_TRACKING_INSECURE_TLS, MLFLOW_TRACKING_SERVER_CERT_PATH (certificates to trust) and MLFLOW_TRACKING_CLIENT_CERT_PATH
 * (certificate and key in one file, both PEM).
 * @throws SluiceError CONFIG_VALUE for a file that cannot be read, or for a check that is both asked for and switched off
 */
export function tlsOptions(env: TrackingEnv): TlsOptions {
  const insecure = /^(1|true)$/i.test(env['MLFLOW_TRACKING_INSECURE_TLS'] ?? '');
  const ca = pemOf(env, 'MLFLOW_TRACKING_SERVER_CERT_PATH');
  const own = pemOf(env, 'MLFLOW_TRACKING_CLIENT_CERT_PATH');
  if (insecure && ca !== undefined) {
    throw new SluiceError('CONFIG_VALUE', 'MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH contradict each other', {
      hint: 'Unset MLFLOW_TRACKING_INSECURE_TLS: the certificate is then checked against the file.',
    });
  }
  return {
    ...(insecure ? { rejectUnauthorized: false } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(own === undefined ? {} : { cert: own, key: own }),
  };
}

function pemOf(env: TrackingEnv, name: string): string | undefined {
  const path = env[name];
  if (path === undefined || path === '') return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SluiceError('CONFIG_VALUE', `${name} names ${path}, which cannot be read: ${messageOf(error)}`, {
      cause: error,
      hint: `Set ${name} to a file in PEM format.`,
    });
  }
}

/** OpenSSL's words for a certificate that is not trusted, not valid or for another host: waiting mends none of them. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|HOSTNAME_MISMATCH|ERR_SSL_|EPROTO/;

/** Whether a connection failed for a certificate, on either side, rather than for the network. */
export function isCertificateError(code: string): boolean {
  return CERTIFICATE.test(code);
}
