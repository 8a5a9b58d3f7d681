import { toSluiceError } from '../../errors/sluice-error.ts';
import type { TrackingTarget } from '../../graph/stage-body.ts';
import type { Ledger } from '../journal/operation.ts';
import { withOutbox } from '../journal/outbox.ts';
import { aheadOperations, partDigest, registrationToken } from '../journal/plan-operations.ts';
import type { Registration, SentAhead } from '../registration.ts';
import { applyRunChild, applyRunCreate, applyRunDescribe, applyRunMetrics } from './apply/apply-run.ts';
import { connectMlflow, type ConnectOptions, type MlflowConnection } from './client/connection.ts';
import { ensureExperiment } from './client/experiments.ts';
import { findRegistration } from './find-registration.ts';

/** What comes after sends everything anyway, so nobody waits long here. */
const PATIENCE_MS = 5000;

export interface SendAheadOptions extends ConnectOptions {
  readonly target: TrackingTarget;
  /** Of the registration that will follow. */
  readonly key: string;
  readonly modelName: string;
  readonly run: Pick<Registration['run'], 'name' | 'user' | 'startedAt' | 'curves' | 'children'> & {
    /** Markdown; shown until the registration puts its own there. */
    readonly description: string;
  };
  readonly events: { readonly warn: (message: string) => void; readonly debug: (message: string) => void };
}

/**
 * Makes the run of a registration that will follow and sends what is known of it so far. Everything here is a gift: where it fails, or a run is there
 * already, the registration sends it, from its journal. Never rejects for what the server says.
 * @returns null where nothing was sent, or nobody knows what; where the registration is complete all of it, in its run
 */
export async function sendAhead(options: SendAheadOptions): Promise<SentAhead | null> {
  const { target, events, run } = options;
  const connection = connectMlflow(target.uri, { retryForMs: PATIENCE_MS, ...options });
  const operations = aheadOperations(registrationToken(options.key, options.modelName), run);
  const parts: string[] = [];
  let runId: string | undefined;
  try {
    // With the lock of the outbox: a registration that is being sent may be this one.
    await withOutbox(target.outbox, async () => {
      const found = await findRegistration(connection, options.modelName, options.key);
      const made = found.state === 'complete' ? undefined : await makeRun(connection, options);
      if (found.state === 'complete') parts.push(...operations.map(partDigest));
      runId = found.state === 'complete' ? found.run.runId : made?.ledger.runId;
      if (made?.isNew !== true) return;
      for (const operation of operations) {
        if (operation.kind === 'run.metrics') await applyRunMetrics(connection, operation, made.ledger);
        else await applyRunChild(connection, operation, { ledger: made.ledger, absent: true });
        parts.push(partDigest(operation));
      }
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    events.debug(toSluiceError(error).message);
  }
  return runId === undefined || parts.length === 0 ? null : { runId, parts };
}

async function makeRun(
  connection: MlflowConnection,
  { target, key, modelName, run, events }: SendAheadOptions,
): Promise<{ readonly ledger: Ledger; readonly isNew: boolean }> {
  const experimentId = await ensureExperiment(connection, target.experiment);
  const create = {
    kind: 'run.create',
    token: registrationToken(key, modelName),
    name: run.name,
    user: run.user,
    startTime: run.startedAt,
  } as const;
  const { learned, isNew } = await applyRunCreate(connection, create, { experimentId });
  const ledger = { ...learned, experimentId };
  if (isNew)
    await applyRunDescribe(
      connection,
      { kind: 'run.describe', params: {}, tags: { 'mlflow.note.content': run.description } },
      { ledger, warn: events.warn },
    );
  return { ledger, isNew };
}
