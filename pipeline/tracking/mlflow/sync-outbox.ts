import { dirname } from 'node:path';
import { toSluiceError, type SluiceError } from '../../errors/sluice-error.ts';
import { openJournal } from '../journal/journal.ts';
import { forgetOpened } from '../journal/opened-run.ts';
import { pendingJournals, withOutbox } from '../journal/outbox.ts';
import { sendJournal } from '../journal/send-journal.ts';
import { known } from './apply/known.ts';
import { mlflowTracker } from './apply/mlflow-tracker.ts';
import { connectMlflow, type ConnectOptions, type MlflowConnection, printableUri } from './client/connection.ts';
import { modelUrl, runUrl } from './urls.ts';

export type SyncEvent =
  | { readonly type: 'sync.started'; readonly title: string; readonly operations: number; readonly acknowledged: number }
  | { readonly type: 'sync.progress'; readonly title: string; readonly done: number; readonly total: number; readonly note: string }
  | { readonly type: 'sync.warning'; readonly title: string; readonly message: string }
  | { readonly type: 'sync.finished'; readonly title: string; readonly runUrl: string; readonly modelUrl: string; readonly alias: string }
  | { readonly type: 'sync.failed'; readonly path: string; readonly error: SluiceError };

export interface SyncOptions extends ConnectOptions {
  readonly outbox: string;
  readonly uri: string;
  readonly onEvent?: (event: SyncEvent) => void;
}

export interface SyncResult {
  readonly sent: number;
  readonly remaining: number;
}

/**
 * Sends every journal of the outbox that waits. One that the server refuses does not hold back the others.
 * @throws SluiceError MLFLOW_UNREACHABLE as soon as the server is away; otherwise the first failure, after all were tried
 */
export async function syncOutbox(options: SyncOptions): Promise<SyncResult> {
  const emit = options.onEvent ?? (() => {});
  if ((await pendingJournals(options.outbox)).length === 0) return { sent: 0, remaining: 0 };
  const connection = connectMlflow(options.uri, options);
  return withOutbox(options.outbox, async () => {
    let sent = 0;
    let failure: SluiceError | undefined;
    for (const path of await pendingJournals(options.outbox)) {
      try {
        await sendOne(connection, path, emit);
        sent++;
      } catch (error) {
        const known = toSluiceError(error);
        emit({ type: 'sync.failed', path, error: known });
        if (known.code === 'MLFLOW_UNREACHABLE') throw known;
        failure ??= known;
      }
    }
    if (failure !== undefined) throw failure;
    return { sent, remaining: (await pendingJournals(options.outbox)).length };
  });
}

async function sendOne(connection: MlflowConnection, path: string, emit: (event: SyncEvent) => void): Promise<void> {
  const journal = await openJournal(path);
  const { title } = journal;
  emit({ type: 'sync.started', title, operations: journal.operations.length, acknowledged: journal.acknowledged.size });
  const warn = (message: string): void => emit({ type: 'sync.warning', title, message });
  const ledger = await sendJournal(journal, mlflowTracker(connection, warn), {
    warn,
    progress: (done, total, operation) => emit({ type: 'sync.progress', title, done, total, note: operation.kind }),
  });
  for (const operation of journal.operations) if (operation.kind === 'run.create') await forgetOpened(dirname(path), operation.token);
  const name = journal.operations.find((operation) => operation.kind === 'version.create')?.model ?? '';
  const uri = printableUri(connection.uri);
  emit({
    type: 'sync.finished',
    title,
    runUrl: runUrl(uri, { experimentId: known(ledger, 'experimentId'), runId: known(ledger, 'runId') }),
    modelUrl: modelUrl(uri, name, known(ledger, 'version')),
    alias: known(ledger, 'alias'),
  });
}
