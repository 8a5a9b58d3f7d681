import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SluiceError } from '../../errors/sluice-error.ts';
import { systemErrorCode } from '../../util/error-code.ts';
import { inspectProcess } from './process-identity.ts';

const holderSchema = z.object({ pid: z.int(), started: z.string() });

export interface LockOptions {
  /** @default 60000 */
  readonly waitMs?: number;
  /** For the message: what the lock guards. */
  readonly what: string;
}

const POLL_MS = 50;
/** Stealing takes a few file calls; an older marker belongs to a process that died in between. */
const STEAL_STALE_MS = 10_000;

let serial = 0;

/**
 * Runs `work` while this process alone holds a lock file. A lock whose process is gone is taken over.
 * @throws SluiceError LOCK_TIMEOUT
 */
export async function withProcessLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const deadline = Date.now() + (options.waitMs ?? 60_000);
  while (!(await tryLock(path))) {
    await removeIfStale(path);
    if (Date.now() > deadline) {
      const holder = await readHolder(path);
      throw new SluiceError('LOCK_TIMEOUT', `${options.what} is held by process ${holder?.pid ?? 'unknown'} (${path})`, {
        hint: 'Wait for it to end, or end it.',
      });
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** The lock appears with its content: linked from a finished file, never written in place. */
async function tryLock(path: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.${serial++}`;
  const started = (await inspectProcess(process.pid))?.started ?? '';
  await writeFile(draft, JSON.stringify({ pid: process.pid, started }));
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Only one process at a time may judge and remove a stale lock, or the second would remove the first one's new lock. */
async function removeIfStale(path: string): Promise<void> {
  if (await heldByLiving(path)) return;
  const marker = `${path}.steal`;
  try {
    await mkdir(marker);
  } catch {
    const age = Date.now() - ((await stat(marker).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > STEAL_STALE_MS)
      await rename(marker, `${marker}.${process.pid}`).then(
        () => rm(`${marker}.${process.pid}`, { recursive: true, force: true }),
        () => undefined,
      );
    return;
  }
  try {
    if (!(await heldByLiving(path))) await rm(path, { force: true });
  } finally {
    await rm(marker, { recursive: true, force: true });
  }
}

async function heldByLiving(path: string): Promise<boolean> {
  const holder = await readHolder(path);
  return holder !== undefined && (await inspectProcess(holder.pid))?.started === holder.started;
}

async function readHolder(path: string): Promise<z.infer<typeof holderSchema> | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
