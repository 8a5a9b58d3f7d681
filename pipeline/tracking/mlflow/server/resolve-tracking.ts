import { join } from 'node:path';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { printableUri } from '../client/connection.ts';
import type { TrackingEnv } from '../client/credentials.ts';

export interface TrackingRequest {
  readonly projectDir: string;
  readonly artifactsDir: string;
  /** `tracking.uri` of the config. */
  readonly configUri: string | null;
  readonly env: TrackingEnv;
}

export interface ExternalServer {
  readonly kind: 'external';
  readonly uri: string;
  /** What named it, for messages. */
  readonly from: 'MLFLOW_TRACKING_URI' | 'tracking.uri';
}

export interface EmbeddedServer {
  readonly kind: 'embedded';
  readonly projectDir: string;
  /** `<artifacts>/mlflow`: database, artifacts, log and state. */
  readonly folder: string;
  readonly port: number;
  /** Somebody asked for this very port: another one is no answer. */
  readonly portIsExplicit: boolean;
}

export type TrackingServer = ExternalServer | EmbeddedServer;

const DEFAULT_PORT = 5000;

/** Which server a project uses: MLFLOW_TRACKING_URI, then the config's, then one of its own. Looks at no network. @throws SluiceError CONFIG_VALUE */
export function resolveTracking({ projectDir, artifactsDir, configUri, env }: TrackingRequest): TrackingServer {
  const fromEnv = env['MLFLOW_TRACKING_URI'];
  const uri = fromEnv !== undefined && fromEnv !== '' ? fromEnv : configUri;
  if (uri !== null && uri !== '') {
    printableUri(uri);
    return { kind: 'external', uri: uri.replace(/\/+$/, ''), from: uri === fromEnv ? 'MLFLOW_TRACKING_URI' : 'tracking.uri' };
  }
  const asked = env['SLUICE_MLFLOW_PORT'];
  const explicit = asked !== undefined && asked !== '';
  return {
    kind: 'embedded',
    projectDir,
    folder: join(artifactsDir, 'mlflow'),
    port: explicit ? parsePort(asked) : DEFAULT_PORT,
    portIsExplicit: explicit,
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SluiceError('CONFIG_VALUE', `SLUICE_MLFLOW_PORT is "${text}", not a port number from 1 to 65535`, {
    hint: 'Unset it, or set it to something like 5001.',
  });
}
