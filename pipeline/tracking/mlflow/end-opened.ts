import { forgetOpened, type OpenedRun, openedRuns } from '../journal/opened-run.ts';
import { ERROR_TAGS } from './apply/reopen-run.ts';
import { TOKEN_TAG } from './apply/token-tag.ts';
import { connectMlflow, type ConnectOptions, type MlflowConnection } from './client/connection.ts';
import { findExperiment } from './client/experiments.ts';
import { logBatch } from './client/log-batch.ts';
import { findRunByTag, updateRun } from './client/runs.ts';

/** How a run ended that was never registered. */
export interface RunEnd {
  readonly status: 'FINISHED' | 'FAILED' | 'KILLED';
  /** Markdown, for the run's page. */
  readonly note: string;
  /** What of these is known becomes a tag. */
  readonly error: {
    readonly code?: string | undefined;
    readonly stage?: string | undefined;
    readonly message?: string | undefined;
    readonly hint?: string | undefined;
  };
}

/** MLflow holds 8,000 characters of a tag. */
const MOST_CHARS = 5000;

/**
 * Brings runs to an end that were opened and will not be registered by whoever opened them, so that nobody sees them run for ever.
 * @param endOf null leaves a run alone
 * @returns how many were ended
 * @throws SluiceError MLFLOW_UNREACHABLE; what was not ended stays noted
 */
export async function endOpenedRuns(
  target: { readonly uri: string; readonly outbox: string },
  endOf: (opened: OpenedRun) => Promise<RunEnd | null>,
  options: ConnectOptions = {},
): Promise<number> {
  const connection = connectMlflow(target.uri, options);
  let ended = 0;
  for (const opened of await openedRuns(target.outbox)) {
    const end = opened.uri === connection.uri ? await endOf(opened) : null;
    if (end === null) continue;
    if (await endRun(connection, opened, end)) ended += 1;
    await forgetOpened(target.outbox, opened.token);
  }
  return ended;
}

async function endRun(connection: MlflowConnection, { experiment, token }: OpenedRun, { status, note, error }: RunEnd): Promise<boolean> {
  const found = await findExperiment(connection, experiment);
  const run = found === undefined ? undefined : await findRunByTag(connection, found.experiment_id, [TOKEN_TAG, token]);
  if (run?.status !== 'RUNNING') return false;
  const tags = Object.entries(error).flatMap(([name, text]) =>
    text === undefined ? [] : [[`${ERROR_TAGS}${name}`, text.slice(0, MOST_CHARS)]],
  );
  await logBatch(connection, run.runId, { tags: { ...Object.fromEntries(tags), 'mlflow.note.content': note.slice(0, MOST_CHARS) } });
  await updateRun(connection, run.runId, { status, endTime: Math.max(Date.now(), run.startTime) });
  return true;
}
