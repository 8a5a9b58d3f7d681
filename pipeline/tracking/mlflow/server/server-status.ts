import { probe, type Probe } from '../client/health.ts';
import { loginRefused } from '../client/api-error.ts';
import { connectMlflow, printableUri } from '../client/connection.ts';
import type { TrackingEnv } from '../client/credentials.ts';
import { readState, serverProcesses } from './server-state.ts';
import { askIdentity } from './server-identity.ts';
import type { TrackingServer } from './resolve-tracking.ts';

export interface ServerStatus {
  /** Where it answers, or would. */
  readonly uri: string;
  readonly running: boolean;
  readonly version: string | null;
  readonly kind: TrackingServer['kind'];
  /** What else answers there, or, where it runs, what it does not take as a login; null when it is MLflow or nothing. */
  readonly trouble: string | null;
}

/** Asks once; changes nothing. */
export async function serverStatus(server: TrackingServer, env: TrackingEnv = process.env): Promise<ServerStatus> {
  if (server.kind === 'external') {
    const found = await probe(server.uri, { env });
    const status = toStatus(server, printableUri(server.uri), found);
    return found.state === 'unauthorized'
      ? { ...status, trouble: loginRefused(connectMlflow(server.uri, { env }), '/version').message }
      : status;
  }
  const state = await readState(server.folder);
  if (state === undefined || (await serverProcesses(state)).length === 0) {
    return { uri: `http://127.0.0.1:${server.port}`, running: false, version: null, kind: server.kind, trouble: null };
  }
  const found = await askIdentity(state.uri, server.folder);
  const version = found.state === 'ours' ? found.version : null;
  return {
    uri: state.uri,
    running: version !== null,
    version,
    kind: server.kind,
    trouble: found.state === 'foreign' ? `${found.answer} answers there` : null,
  };
}

function toStatus(server: TrackingServer, uri: string, found: Probe): ServerStatus {
  const running = found.state === 'mlflow' || found.state === 'unauthorized';
  const trouble =
    found.state === 'other' ? `${found.answer} answers there, which is not MLflow` : found.state === 'silent' ? found.reason : null;
  return { uri, running, version: found.state === 'mlflow' ? found.version : null, kind: server.kind, trouble };
}
