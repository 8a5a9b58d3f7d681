import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { assertNever } from '../../../util/assert-never.ts';
import { withProcessLock } from '../../process/process-lock.ts';
import { loginRefused } from '../client/api-error.ts';
import { connectMlflow, printableUri } from '../client/connection.ts';
import type { TrackingEnv } from '../client/credentials.ts';
import { probe, TESTED_VERSION } from '../client/health.ts';
import { choosePort } from './choose-port.ts';
import { findPython } from './find-python.ts';
import { launchServer } from './launch-server.ts';
import type { EmbeddedServer, ExternalServer, TrackingServer } from './resolve-tracking.ts';
import { askIdentity } from './server-identity.ts';
import { readState, type ServerState, serverProcesses } from './server-state.ts';
import { stopServer } from './stop-server.ts';
import { noteVersion, upgradeDatabase } from './upgrade-database.ts';
import { databaseIsMade, markNewDatabase, setUnfinishedAside } from './unfinished-database.ts';

export interface RunningServer {
  /** As it was given: may hold credentials; print it with `printableUri`. */
  readonly uri: string;
  readonly version: string | null;
  readonly started: boolean;
}

export interface EnsureOptions {
  readonly env?: TrackingEnv;
  readonly signal?: AbortSignal;
  readonly onStarting?: (uri: string) => void;
  readonly warn?: (message: string) => void;
}

/** Major release. Models are logged by themselves, not as files of a run, since MLflow 3. */
const OLDEST = 3;

/** How long a server that lives but does not answer may take before it is replaced: it may be starting, or busy. */
const PATIENCE_MS = 45_000;

/**
 * Makes sure that a server answers: asks an external one, finds or starts the embedded one. Safe to call from many processes at once.
 * @throws SluiceError MLFLOW_UNREACHABLE or MLFLOW_REFUSED for an external server; PYTHON_NOT_FOUND, MLFLOW_PORT_TAKEN or MLFLOW_START for the embedded one
 */
export async function ensureServer(server: TrackingServer, options: EnsureOptions = {}): Promise<RunningServer> {
  const running =
    server.kind === 'external' ? await askExternal(server, options.env ?? process.env) : await ensureEmbedded(server, options);
  if (running.version !== null && running.version !== TESTED_VERSION) {
    options.warn?.(
      `MLflow ${running.version} at ${printableUri(running.uri)} is not the release that this was tested with (${TESTED_VERSION})`,
    );
  }
  return running;
}

async function askExternal(server: ExternalServer, env: TrackingEnv): Promise<RunningServer> {
  const found = await probe(server.uri, { env, timeoutMs: 10_000 });
  const shown = printableUri(server.uri);
  switch (found.state) {
    case 'mlflow':
      if (Number.parseInt(found.version, 10) >= OLDEST) return { uri: server.uri, version: found.version, started: false };
      throw new SluiceError(
        'MLFLOW_REFUSED',
        `MLflow ${found.version} answers at ${shown} (from ${server.from}): it has no logged models`,
        {
          hint: `Name a server of MLflow ${OLDEST} or newer, or leave ${server.from} out to use one of the project's own.`,
        },
      );
    case 'unauthorized':
      throw loginRefused(connectMlflow(server.uri, { env }), 'GET /version');
    case 'other':
      throw new SluiceError('MLFLOW_REFUSED', `${server.from} names ${shown}, but ${found.answer} answers there, which is not MLflow`, {
        hint: `Correct ${server.from}, or leave it out to use a server of the project's own.`,
      });
    case 'silent':
      throw new SluiceError('MLFLOW_UNREACHABLE', `MLflow at ${shown} (from ${server.from}) cannot be reached: ${found.reason}`, {
        hint: `Start that server, or unset ${server.from} to use one of the project's own; \`sluice sync\` sends what waits.`,
      });
    default:
      return assertNever(found);
  }
}

async function ensureEmbedded(server: EmbeddedServer, options: EnsureOptions): Promise<RunningServer> {
  const alive = await answering(server.folder, 0);
  if (alive !== undefined) {
    await databaseIsMade(server.folder);
    return found(alive, server, options);
  }
  const python = await findPython(server.projectDir);
  return withProcessLock(
    join(server.folder, 'server.lock'),
    { what: 'the start of the embedded MLflow server', waitMs: 180_000 },
    async () => {
      const other = await answering(server.folder, PATIENCE_MS);
      if (other !== undefined) return found(other, server, options);
      await stopServer(server.folder);
      await upgradeDatabase({ ...options, python, folder: server.folder });
      const state = await launch(server, python, options);
      await noteVersion(server.folder, state.version);
      return toRunning(state, true);
    },
  );
}

/** Somebody may take a port between our look at it and the server's listening, seconds later: then the next one is tried. */
async function launch(server: EmbeddedServer, python: string, options: EnsureOptions): Promise<ServerState> {
  const { folder } = server;
  for (let tries = 1; ; tries++) {
    const port = await choosePort(server);
    options.onStarting?.(`http://127.0.0.1:${port}`);
    await markNewDatabase(folder);
    const state = await launchServer({ python, folder, port, signal: options.signal }).catch(async (error: unknown) => {
      if (tries > 2 || !(await setUnfinishedAside(folder, error))) throw error;
      return 'again' as const;
    });
    if (state === 'again') continue;
    if (state === null) {
      await setUnfinishedAside(folder);
      continue;
    }
    await databaseIsMade(folder);
    if (port !== server.port) options.warn?.(`port ${server.port} is taken by something else: the embedded MLflow server uses ${port}`);
    return state;
  }
}

/** The server that the state file names, if it lives and answers; waits a while for one that lives and does not answer yet. */
async function answering(folder: string, patienceMs: number): Promise<ServerState | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const state = await readState(folder);
    if (state === undefined || (await serverProcesses(state)).length === 0) return undefined;
    const found = await askIdentity(state.uri, folder);
    if (found.state === 'ours') return { ...state, version: found.version };
    if (found.state === 'foreign' || Date.now() >= deadline) return undefined;
    await sleep(200);
  }
}

/** One server an artifacts folder: a run may be writing to it, so another port is no reason to end it. */
function found(state: ServerState, server: EmbeddedServer, { warn }: EnsureOptions): RunningServer {
  if (server.portIsExplicit && state.port !== server.port)
    warn?.(
      `the embedded MLflow server of ${server.folder} runs on port ${state.port} already: SLUICE_MLFLOW_PORT=${server.port} counts from its next start (sluice mlflow down, then up)`,
    );
  return toRunning(state, false);
}

function toRunning(state: ServerState, started: boolean): RunningServer {
  return { uri: state.uri, version: state.version, started };
}
