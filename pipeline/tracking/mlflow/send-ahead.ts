import { toSluiceError } from '../../errors/sluice-error.ts';
import type { TrackingTarget } from '../../graph/stage-body.ts';
import { noteOpened } from '../journal/opened-run.ts';
import type { Ledger, Operation } from '../journal/operation.ts';
import { withOutbox } from '../journal/outbox.ts';
import { storePayloads } from '../journal/payload.ts';
import { aheadOperations, modelCreation, partDigest, registrationToken } from '../journal/plan-operations.ts';
import { sendInOrder } from '../journal/send-journal.ts';
import type { Registration, SentAhead } from '../registration.ts';
import { mlflowTracker } from './apply/mlflow-tracker.ts';
import { modelOf } from './apply/model-of.ts';
import { reopenRun } from './apply/reopen-run.ts';
import { TOKEN_TAG } from './apply/token-tag.ts';
import { connectMlflow, type ConnectOptions, type MlflowConnection } from './client/connection.ts';
import { ensureExperiment } from './client/experiments.ts';
import { findRunByTag } from './client/runs.ts';
import { findRegistration } from './find-registration.ts';

/** What comes after sends everything anyway, so nobody waits long here. */
const PATIENCE_MS = 5000;

export interface SendAheadOptions extends ConnectOptions {
  readonly target: TrackingTarget;
  /** Of the registration that will follow. */
  readonly key: string;
  /** Of the pipeline: whoever runs it ends the run on the server where the registration does not come. */
  readonly runId: string;
  readonly run: Pick<Registration['run'], 'name' | 'user' | 'startedAt' | 'tags' | 'curves' | 'children' | 'files'> & {
    /** Markdown; shown until the registration puts its own there. */
    readonly description: string;
  };
  /** All its files, the last of them, which makes the folder a model, for their order only: it is not sent. */
  readonly model: Pick<Registration['model'], 'name' | 'loggedName' | 'type' | 'params' | 'modelKey' | 'files'>;
  /** An empty folder for the files while they are sent. */
  readonly folder: string;
  readonly events: { readonly warn: (message: string) => void; readonly debug: (message: string) => void };
}

/**
 * Makes the run of a registration that will follow and sends what is known of it so far. Everything here is a gift: where it fails, or a run is there
 * already, the registration sends it, from its journal. Never rejects for what the server says.
 * @returns null where nothing was sent, or nobody knows what; where the registration is complete all of it, in its run
 */
export async function sendAhead(options: SendAheadOptions): Promise<SentAhead | null> {
  const { target, model, events, run, folder } = options;
  const connection = connectMlflow(target.uri, { retryForMs: PATIENCE_MS, ...options });
  const files = { run: await storePayloads(folder, 'run', run.files), model: await storePayloads(folder, 'model', model.files) };
  const token = registrationToken(options.key, model.name);
  const operations = aheadOperations(token, run, files);
  const tracker = mlflowTracker(connection, events.warn);
  const parts: string[] = [];
  let ledger: Ledger = {};
  const apply = async (operation: Operation): Promise<void> => {
    const learned = await tracker.apply(operation, { ledger, payloadFolder: folder });
    ledger = { ...ledger, ...learned };
  };
  try {
    // With the lock of the outbox: a registration that is being sent may be this one.
    await withOutbox(target.outbox, async () => {
      const found = await findRegistration(connection, model.name, options.key);
      if (found.state === 'complete') {
        ledger = { runId: found.run.runId, modelId: modelOf(found.version) };
        parts.push(...operations.map(partDigest));
        return;
      }
      const experimentId = await ensureExperiment(connection, target.experiment);
      if (!(await mayMakeRun(connection, { experimentId, token }, options))) return;
      ledger = { experimentId };
      await apply({ kind: 'run.create', token, name: run.name, user: run.user, startTime: run.startedAt });
      await apply({ kind: 'run.describe', params: {}, tags: { ...run.tags, 'mlflow.note.content': run.description } });
      await apply(modelCreation(token, model, run.tags));
      await sendInOrder(operations, async (operation) => {
        await apply(operation);
        parts.push(partDigest(operation));
      });
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    events.debug(toSluiceError(error).message);
  }
  const { runId, modelId } = ledger;
  // In the order of the registration, whatever the order in which they arrived.
  const sent = operations.map(partDigest).filter((digest) => parts.includes(digest));
  return runId === undefined || sent.length === 0 ? null : { runId, modelId: modelId ?? null, parts: sent };
}

/** @returns whether the run is to be made: what one that is there already holds nobody knows */
async function mayMakeRun(
  connection: MlflowConnection,
  { experimentId, token }: { readonly experimentId: string; readonly token: string },
  { target, runId }: SendAheadOptions,
): Promise<boolean> {
  const found = await findRunByTag(connection, experimentId, [TOKEN_TAG, token]);
  // Somebody else may be writing it, and ends it.
  if (found?.status === 'RUNNING') return false;
  // Before the run is there: whoever is killed between the two leaves no run that nobody ends.
  await noteOpened(target.outbox, { token, experiment: target.experiment, uri: connection.uri, openedBy: runId });
  if (found !== undefined) await reopenRun(connection, found);
  return found === undefined;
}
