import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../errors/sluice-error.ts';
import type { EventBody } from '../events/event.ts';
import { toStoreError } from '../store/store-error.ts';
import { systemErrorCode } from '../util/error-code.ts';

interface Holder {
  readonly pid: number;
  /** The process's start, in clock ticks since boot: a pid alone may be another process by now. */
  readonly started: string;
  readonly run: string;
}

const BEAT_MS = 2000;
const POLL_MS = 200;

export interface RunLock {
  release(): Promise<void>;
}

/**
 * One run at a time for one artifacts folder. The second waits for the first; a lock whose process is gone is taken over.
 * @throws SluiceError LOCK_TIMEOUT when `noWait` and another run holds it; STORE_READ_ONLY
 */
export async function takeRunLock(artifactsDir: string, run: string, options: { noWait: boolean; signal: AbortSignal; emit: (event: EventBody) => void }): Promise<RunLock> {
  const path = join(artifactsDir, 'run.lock');
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), run };
  const draft = `${path}.${process.pid}.${run}`;
  try {
    await mkdir(artifactsDir, { recursive: true });
    await writeFile(draft, JSON.stringify(mine));
  } catch (error) {
    throw toStoreError(error, artifactsDir);
  }
  let told = false;
  try {
    while (!(await tryLink(draft, path))) {
      const holder = await readHolder(path);
      if (holder === null || !isAlive(holder)) {
        await removeStale(path, holder);
        continue;
      }
      if (options.noWait) throw new SluiceError('LOCK_TIMEOUT', `run ${holder.run} (process ${holder.pid}) is using ${artifactsDir}`, { hint: 'Wait for it to end, or run without --no-wait to be queued behind it.' });
      if (!told) options.emit({ type: 'lock.waiting', holder: holder.run, path });
      told = true;
      await sleep(POLL_MS, undefined, { signal: options.signal }).catch(() => {
        throw new SluiceError('STAGE_CANCELLED', 'cancelled while waiting for another run');
      });
    }
  } finally {
    await rm(draft, { force: true });
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), BEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      if ((await readHolder(path))?.run === run) await rm(path, { force: true });
    },
  };
}

/** A hard link is made or refused in one step, also on network file systems. */
async function tryLink(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw toStoreError(error, path);
  }
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Only the lock that was read is removed: another waiter may have taken it over in between. */
async function removeStale(path: string, seen: Holder | null): Promise<void> {
  const now = await readHolder(path);
  if (now?.run === seen?.run && (seen !== null || (await stat(path).catch(() => null)) !== null)) await rm(path, { force: true });
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (systemErrorCode(error) !== 'EPERM') return false;
  }
  return holder.started === '' || startOf(holder.pid) === holder.started;
}

function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
