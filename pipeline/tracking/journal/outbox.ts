import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withProcessLock } from '../process/process-lock.ts';
import { journalPath } from './journal.ts';
import { tokenDigest } from './plan-operations.ts';

/** Paths of the journals that wait to be sent, by name. */
export async function pendingJournals(outbox: string): Promise<readonly string[]> {
  const names = await readdir(outbox).catch(() => []);
  return names
    .filter((name) => name.endsWith('.journal.ndjson'))
    .toSorted()
    .map((name) => join(outbox, name));
}

/** @param token of the registration */
export async function hasPendingJournal(outbox: string, token: string): Promise<boolean> {
  return access(journalPath(outbox, tokenDigest(token))).then(
    () => true,
    () => false,
  );
}

/** A journal has one sender at a time: two would create everything twice. */
export async function withOutbox<T>(outbox: string, work: () => Promise<T>): Promise<T> {
  return withProcessLock(join(outbox, 'outbox.lock'), { what: 'the outbox of registrations', waitMs: 300_000 }, work);
}
