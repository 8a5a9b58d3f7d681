import { acknowledge, closeJournal, type Journal, restartJournal } from './journal.ts';
import type { Ledger, Operation } from './operation.ts';

/** What carries out operations: MLflow, or another tracker. */
export interface Tracker {
  /** Whether the run that a ledger names is still there; a person may have deleted it, or the server be a new one. */
  holds(ledger: Ledger): Promise<boolean>;
  /** Carries out one operation, also when it was carried out before. Returns what it learned. */
  apply(operation: Operation, context: { readonly ledger: Ledger; readonly payloadFolder: string }): Promise<Ledger>;
}

export interface SendEvents {
  progress?(done: number, total: number, operation: Operation): void;
  warn?(message: string): void;
}

/**
 * Sends what is not acknowledged yet, in order, and closes the journal. A failure leaves the journal as far as it came.
 * @returns everything that the tracker told us
 */
export async function sendJournal(given: Journal, tracker: Tracker, events: SendEvents = {}): Promise<Ledger> {
  let journal = given;
  if (journal.ledger.runId !== undefined && !(await tracker.holds(journal.ledger))) {
    events.warn?.(`run ${journal.ledger.runId} of ${journal.title} is no longer on the server: registering it anew`);
    journal = await restartJournal(journal, 'the run is no longer on the server');
  }
  let ledger = journal.ledger;
  for (const [index, operation] of journal.operations.entries()) {
    if (journal.acknowledged.has(index)) continue;
    events.progress?.(index, journal.operations.length, operation);
    const result = await tracker.apply(operation, { ledger, payloadFolder: journal.payloadFolder });
    await acknowledge(journal, index, result);
    ledger = { ...ledger, ...result };
  }
  await closeJournal(journal);
  return ledger;
}
