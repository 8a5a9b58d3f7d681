import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { inspectProcess } from '../../process/process-identity.ts';
import { askIdentity, markFolder } from './server-identity.ts';
import { DATABASE_URI, logPath, removeState, type ServerState, serverProcesses, writeState } from './server-state.ts';
import { endProcesses } from './stop-server.ts';

/** A slow machine without compiled Python files needs half a minute. */
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 100;

export interface LaunchOptions {
  readonly python: string;
  readonly folder: string;
  readonly port: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a stock MLflow server that outlives this process and its shell, and waits until it answers.
 * @returns null when somebody else took the port before the server could listen on it
 * @throws SluiceError MLFLOW_START with the end of its log
 */
export async function launchServer({ python, folder, port, signal }: LaunchOptions): Promise<ServerState | null> {
  await markFolder(folder);
  const log = await open(logPath(folder), 'a');
  const child = spawn(python, serverArguments(folder, port), {
    cwd: folder,
    env: serverEnv(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.once('error', () => undefined);
  child.unref();
  await log.close();
  if (child.pid === undefined) throw new SluiceError('MLFLOW_START', `${python} could not be started`);
  const started = (await inspectProcess(child.pid))?.started ?? '';
  const uri = `http://127.0.0.1:${port}`;
  const state: ServerState = { pid: child.pid, pgid: child.pid, started, port, uri, version: null, startedAt: new Date().toISOString() };
  await writeState(folder, state);
  const version = await waitUntilReady(folder, state, signal);
  if (version === null) return null;
  const ready = { ...state, version };
  await writeState(folder, ready);
  return ready;
}

/** The job runner (GenAI scorers) is left out: it costs more than 1 GB. One worker: sqlite has one writer anyway. */
function serverArguments(folder: string, port: number): string[] {
  return [
    '-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1',
    '--backend-store-uri', DATABASE_URI,
    '--artifacts-destination', join(folder, 'artifacts'),
  ]; // prettier-ignore
}

/** Without the variables that would point the server at another one or make every start compile Python anew. */
function serverEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('MLFLOW_') && !name.startsWith('_MLFLOW_') && name !== 'PYTHONDONTWRITEBYTECODE' && name !== 'PYTHONPATH',
  );
  return {
    ...Object.fromEntries(kept),
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
  };
}

/** The server's version, or null when the port was lost to somebody else. */
async function waitUntilReady(folder: string, state: ServerState, signal: AbortSignal | undefined): Promise<string | null> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let why = `it did not answer on ${state.uri} within ${START_TIMEOUT_MS / 1000} s`;
  let portLost = false;
  while (Date.now() < deadline && signal?.aborted !== true && !portLost) {
    const found = await askIdentity(state.uri, folder);
    if (found.state === 'ours') return found.version;
    portLost = found.state === 'foreign';
    if ((await inspectProcess(state.pid)) === undefined) {
      why = 'it ended at once';
      break;
    }
    await sleep(POLL_MS);
  }
  await endProcesses(await serverProcesses(state));
  await removeState(folder);
  signal?.throwIfAborted();
  if (portLost) return null;
  throw new SluiceError('MLFLOW_START', `the embedded MLflow server did not start: ${why}. The end of its log:\n${await logTail(folder)}`, {
    hint: `The whole log is ${logPath(folder)}. If a package is missing, run \`make setup\` again.`,
  });
}

async function logTail(folder: string): Promise<string> {
  const text = await readFile(logPath(folder), 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-15).join('\n');
}
