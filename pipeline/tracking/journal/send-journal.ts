import { join } from 'node:path';
import { acknowledge, closeJournal, damaged, type Journal, restartJournal } from './journal.ts';
import type { Ledger, Operation } from './operation.ts';
import { sha256File } from './payload.ts';

/** What carries out operations: MLflow, or another tracker. */
export interface Tracker {
  /** Whether the run that a ledger names is still there; a person may have deleted it, or the server be a new one. */
  holds(ledger: Ledger): Promise<boolean>;
  /** Whether the operation was carried out before its journal was written, in the very place that it would be carried out in now. */
  isThere(operation: Operation, ledger: Ledger): boolean;
  /** Carries out one operation, also when it was carried out before. Returns what it learned. */
  apply(operation: Operation, context: { readonly ledger: Ledger; readonly payloadFolder: string }): Promise<Ledger>;
}

export interface SendEvents {
  progress?(done: number, total: number, operation: Operation): void;
  warn?(message: string): void;
}

/** Files that are on their way at once: each waits for the server, for the disk and for its own digest. Child runs only get in each other's way. */
const FILES_AT_ONCE = 4;

/**
 * Sends what is not acknowledged yet, in order, and closes the journal. A failure leaves the journal as far as it came.
 * @returns everything that the tracker told us
 * @throws SluiceError STORE_CORRUPT for a file of the journal that is gone or was changed
 */
export async function sendJournal(given: Journal, tracker: Tracker, events: SendEvents = {}): Promise<Ledger> {
  let journal = given;
  if (journal.ledger.runId !== undefined && !(await tracker.holds(journal.ledger))) {
    events.warn?.(`run ${journal.ledger.runId} of ${journal.title} is no longer on the server: registering it anew`);
    journal = await restartJournal(journal, 'the run is no longer on the server');
  }
  const { operations, acknowledged, payloadFolder } = journal;
  let ledger = journal.ledger;
  let done = acknowledged.size;
  const send = async ({ index, operation }: Step): Promise<void> => {
    events.progress?.(done, operations.length, operation);
    await assertIntact(journal, operation);
    const result = await tracker.apply(operation, { ledger, payloadFolder });
    await acknowledge(journal, [index], result);
    ledger = { ...ledger, ...result };
    done += 1;
  };
  const steps = operations.map((operation, index): Step => ({ index, operation })).filter(({ index }) => !acknowledged.has(index));
  const passed = new Set<number>();
  for (const group of inGroups(steps)) {
    const isNew = ({ index }: Step): boolean => !passed.has(index);
    // Many at a time: each write of the journal waits for the disk.
    const there = steps.filter((step) => isNew(step) && tracker.isThere(step.operation, ledger)).map(({ index }) => index);
    if (there.length > 0) await acknowledge(journal, there, {});
    for (const index of there) passed.add(index);
    done += there.length;
    await atOnce(group.filter(isNew), send);
    for (const { index } of group) passed.add(index);
  }
  await closeJournal(journal);
  return ledger;
}

/** What a reviewer signs is what was gathered: a journal may wait for weeks. */
async function assertIntact({ path, payloadFolder }: Journal, operation: Operation): Promise<void> {
  if (operation.kind !== 'run.file' && operation.kind !== 'model.file') return;
  const found = await sha256File(join(payloadFolder, operation.payload)).catch(() => undefined);
  if (found !== operation.sha256)
    throw damaged(path, `its file ${operation.payload} ${found === undefined ? 'cannot be read' : 'is not what was stored'}`);
}

interface Step {
  readonly index: number;
  readonly operation: Operation;
}

/** Carries out operations in order, files that do not need one another a few at once. */
export async function sendInOrder<TOperation extends Operation>(
  operations: readonly TOperation[],
  send: (operation: TOperation) => Promise<void>,
): Promise<void> {
  const steps = operations.map((operation, index) => ({ index, operation }));
  for (const group of inGroups(steps)) await atOnce(group, async ({ operation }) => send(operation));
}

/** Neighbours that do not need one another form a group; every other step is one of its own. */
function inGroups<TStep extends Step>(steps: readonly TStep[]): readonly (readonly TStep[])[] {
  const groups: TStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.every(isLooseFile) === true && isLooseFile(step)) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** A file that no other has to wait for; the descriptor, which makes a folder a model, comes after all others. */
function isLooseFile({ operation }: Step): boolean {
  return operation.kind === 'run.file' || (operation.kind === 'model.file' && !operation.fill);
}

/** After a failure nothing new is begun, and what is on its way is awaited: nobody writes on behind the caller's back. */
async function atOnce<TStep extends Step>(group: readonly TStep[], send: (step: TStep) => Promise<void>): Promise<void> {
  const queue = [...group];
  const worker = async (): Promise<void> => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      try {
        await send(step);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(FILES_AT_ONCE, group.length) }, worker));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
