import { isSluiceError } from '../../errors/sluice-error.ts';
import type { TrackingTarget } from '../../graph/stage-body.ts';
import { assertNever } from '../../util/assert-never.ts';
import { type Journal, journalPath, openJournal, writeJournal } from '../journal/journal.ts';
import type { Ledger } from '../journal/operation.ts';
import { forgetOpened, noteOpened } from '../journal/opened-run.ts';
import { hasPendingJournal, pendingJournals, withOutbox } from '../journal/outbox.ts';
import { registrationToken, tokenDigest } from '../journal/plan-operations.ts';
import { sendJournal, type SendEvents } from '../journal/send-journal.ts';
import type { Registration } from '../registration.ts';
import { known } from './apply/known.ts';
import { mlflowTracker } from './apply/mlflow-tracker.ts';
import { connectMlflow, type ConnectOptions, type MlflowConnection, printableUri } from './client/connection.ts';
import { findRegistration } from './find-registration.ts';
import { modelUrl, runUrl } from './urls.ts';

export interface RegisterOptions extends ConnectOptions {
  readonly target: TrackingTarget;
  readonly key: string;
  /** Of the pipeline: whoever runs it ends the run on the server where the registration fails. */
  readonly runId: string;
  readonly modelName: string;
  /** The champion's version that the verdict compares with now; `none`, or `unknown`. */
  readonly judgedAgainst: string;
  /** Gathers everything; only called when there is something to send. */
  readonly gather: () => Promise<Registration>;
  readonly events: Required<SendEvents>;
}

export interface Registered {
  readonly uri: string;
  readonly experimentId: string;
  readonly runId: string;
  readonly runUrl: string;
  readonly modelName: string;
  readonly version: string;
  readonly modelUrl: string;
  /** What the registration gave; a person may have moved it since. */
  readonly alias: 'champion' | 'challenger';
  /** Everything was in place already. */
  readonly confirmed: boolean;
}

/**
 * Registers a model once, however often it is called: what is on the server already is confirmed, what a crash left is
 * completed, the rest is written to the outbox first and then sent.
 * @throws SluiceError MLFLOW_UNREACHABLE with the registration kept in the outbox
 */
export async function registerModel(options: RegisterOptions): Promise<Registered> {
  const connection = connectMlflow(options.target.uri, options);
  return withOutbox(options.target.outbox, async () => {
    const pending = await resumable(options);
    if (pending === undefined) {
      const found = await confirm(connection, options);
      if (found !== undefined) return found;
    }
    const journal = pending ?? (await writeJournal(options.target.outbox, await options.gather()));
    const token = registrationToken(options.key, options.modelName);
    await noteOpened(options.target.outbox, { token, experiment: options.target.experiment, uri: connection.uri, openedBy: options.runId });
    const ledger = await sendJournal(journal, mlflowTracker(connection, options.events.warn), options.events);
    await forgetOpened(options.target.outbox, token);
    const waiting = (await pendingJournals(options.target.outbox)).length;
    if (waiting > 0)
      options.events.warn(
        `${waiting} earlier registration${waiting === 1 ? ' waits' : 's wait'} in the outbox: \`sluice sync\` sends ${waiting === 1 ? 'it' : 'them'}`,
      );
    return describe(options, ledger, false);
  });
}

/** A journal of which nothing was acknowledged is written anew: the report and the verdict may be newer. */
async function resumable({ target, key, modelName }: RegisterOptions): Promise<Journal | undefined> {
  const token = registrationToken(key, modelName);
  if (!(await hasPendingJournal(target.outbox, token))) return undefined;
  const journal = await openJournal(journalPath(target.outbox, tokenDigest(token)));
  return journal.acknowledged.size === 0 ? undefined : journal;
}

async function confirm(connection: MlflowConnection, options: RegisterOptions): Promise<Registered | undefined> {
  const found = await findRegistration(connection, options.modelName, options.key).catch(async (error: unknown) => {
    // The journal is written before anybody hears that the server is away: `sluice sync` needs it.
    if (isSluiceError(error)) await writeJournal(options.target.outbox, await options.gather());
    throw error;
  });
  switch (found.state) {
    case 'absent':
    case 'incomplete':
      return undefined;
    case 'deleted':
      options.events.warn(
        `run ${found.runId} of "${options.modelName}" version ${found.version} was deleted on the server: registering the model anew`,
      );
      return undefined;
    case 'complete':
      // Judged while nobody could ask for the champion: the judgement is made up for now, in the same run and version.
      if (found.judgedAgainst === 'unknown' && options.judgedAgainst !== 'unknown') return undefined;
      return describe(
        options,
        { experimentId: found.run.experimentId, runId: found.run.runId, version: found.version.version, alias: found.alias },
        true,
      );
    default:
      return assertNever(found);
  }
}

function describe(options: RegisterOptions, ledger: Ledger, confirmed: boolean): Registered {
  const uri = printableUri(options.target.uri);
  const [experimentId, runId, version] = [known(ledger, 'experimentId'), known(ledger, 'runId'), known(ledger, 'version')];
  return {
    uri,
    experimentId,
    runId,
    runUrl: runUrl(uri, { experimentId, runId }),
    modelName: options.modelName,
    version,
    modelUrl: modelUrl(uri, options.modelName, version),
    alias: known(ledger, 'alias'),
    confirmed,
  };
}
