import { statfsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskUsage } from '../../execute/collect/disk-usage.ts';
import { boardDir, FLIGHT_FILE } from '../../execute/flight/flight-folder.ts';
import { type FlightHead, parseFlightLine } from '../../execute/flight/flight-line.ts';
import { SILENCE_MS } from '../../execute/flight/follow-flight.ts';
import { isAlive } from '../../execute/flight/process-mark.ts';
import type { Project } from '../../execute/project/project.ts';
import { readLock } from '../../lock/lock-file.ts';
import { pendingJournals } from '../../tracking/mlflow/index.ts';
import { messageOf } from '../../util/error-code.ts';
import { formatBytes, formatDuration, plural } from '../../util/format.ts';
import { type Check, fixOf, good, note } from './check.ts';

/** What lies in the artifacts folder: its size, work that nobody does any more, results that wait for MLflow; and the lock. */
export async function checkStore(project: Project): Promise<readonly Check[]> {
  return [await checkSize(project), ...(await checkFlights(project)), ...(await checkOutbox(project)), ...(await checkLock(project))];
}

async function checkSize({ artifactsDir, dir }: Project): Promise<Check> {
  const seen = new Set<string>();
  const names = await readdir(artifactsDir).catch((): string[] => []);
  const sizes = await Promise.all(names.map(async (name) => ({ name, ...(await diskUsage(join(artifactsDir, name), seen)) })));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = sizes
    .filter(({ bytes }) => bytes > total / 20)
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ name, bytes }) => `${name} ${formatBytes(bytes)}`);
  const found = `${formatBytes(total)}${largest.length === 0 ? '' : ` (${largest.join(', ')})`}`;
  const { bavail, bsize } = statfsSync(names.length > 0 ? artifactsDir : dir);
  return total <= bavail * bsize
    ? good('store', found)
    : note('store', `${found}, more than is free on its disk`, 'See what may go, and why: sluice gc --dry-run');
}

/** Stages that are marked as being at work, and how long each has been silent. */
async function checkFlights(project: Project): Promise<readonly Check[]> {
  const board = boardDir(project.artifactsDir);
  const names = (await readdir(board).catch((): string[] => [])).filter((name) => !name.startsWith('.'));
  const checks = await Promise.all(names.map(async (name) => checkFlight(join(board, name))));
  return checks.filter((check) => check !== null);
}

async function checkFlight(named: string): Promise<Check | null> {
  const [nonce] = await readdir(named).catch((): string[] => []);
  const file = join(named, nonce ?? '', FLIGHT_FILE);
  const head = parseFlightLine((await readFile(file, 'utf8').catch(() => '')).split('\n', 1)[0] ?? '');
  const beat = await stat(file).catch(() => null);
  if (head?.type !== 'head' || beat === null) return null;
  return judgeFlight(head, Math.max(0, Date.now() - beat.mtimeMs));
}

function judgeFlight({ stage, run, process: mark }: FlightHead, silentMs: number): Check {
  const { pid, place } = mark;
  const [name, who] = [`stage ${stage}`, `process ${pid}`];
  const alive = isAlive(mark);
  if (alive === false)
    return note(name, `of run ${run} is marked as at work, but ${who} is gone`, 'Nothing to do: the next run takes it over.');
  if (silentMs <= SILENCE_MS) return good(name, `at work in run ${run}, ${who}`);
  const silent = `${alive === null ? `${who} on ${place.split(' ')[0] ?? 'another machine'}` : who} has shown no life for ${formatDuration(silentMs)}`;
  return note(
    name,
    silent,
    alive === null
      ? 'Look there. A run that needs the stage takes it over by itself.'
      : `Wake it with: kill -CONT ${pid}, or end it with: kill ${pid}. A run that needs the stage takes it over by itself.`,
  );
}

async function checkOutbox(project: Project): Promise<readonly Check[]> {
  const waiting = await pendingJournals(join(project.artifactsDir, 'outbox'));
  return waiting.length === 0
    ? []
    : [note('outbox', `${plural(waiting.length, 'registration')} not yet in MLflow`, 'Send them: sluice sync')];
}

async function checkLock(project: Project): Promise<readonly Check[]> {
  try {
    const lock = await readLock(project.dir);
    return lock === null ? [] : [good('sluice.lock', `${plural(Object.keys(lock.stages).length, 'stage')}, ${lock.config}`)];
  } catch (error) {
    return [note('sluice.lock', messageOf(error), fixOf(error, 'Write it anew: sluice run --lock'))];
  }
}
