import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../testing/free-port.ts';
import { probe } from '../client/health.ts';

export interface PlainServer extends AsyncDisposable {
  readonly uri: string;
  readonly folder: string;
  /** What it printed so far. */
  log(): Promise<string>;
}

export interface PlainServerOptions {
  readonly python: string;
  /** After `mlflow server`; host, port and artifacts are set. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const START_MS = 120_000;

/** `mlflow server` as a team would start it, not as `sluice mlflow up` does: another database, a login. */
export async function startPlainServer({ python, args, env = {} }: PlainServerOptions): Promise<PlainServer> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-plain-server-'));
  const [port, log] = [await freePort(), await open(join(folder, 'server.log'), 'a')];
  const uri = `http://127.0.0.1:${port}`;
  const child = spawn(
    python,
    ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', '--artifacts-destination', join(folder, 'artifacts'), ...args], // prettier-ignore
    {
      cwd: folder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', MLFLOW_DISABLE_TELEMETRY: 'true', ...env },
    },
  );
  await log.close();
  const text = (): Promise<string> => readFile(join(folder, 'server.log'), 'utf8');
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-child.pid, 'SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + START_MS; ; await sleep(200)) {
    const { state } = await probe(uri, { env: {} });
    if (state === 'mlflow' || state === 'unauthorized') return { uri, folder, log: text, [Symbol.asyncDispose]: end };
    if (child.exitCode === null && Date.now() < deadline) continue;
    const said = (await text()).slice(-2000);
    await end();
    throw new Error(`mlflow server ${args.join(' ')} did not start:\n${said}`);
  }
}
