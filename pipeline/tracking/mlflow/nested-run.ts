import type { MetricPoint } from '../../graph/artifact.ts';
import { newestFirst } from '../newest-first.ts';
import type { TimedPoint } from '../registration.ts';
import { forgetError } from './apply/reopen-run.ts';
import { TOKEN_TAG } from './apply/token-tag.ts';
import type { MlflowConnection } from './client/connection.ts';
import { createOnce } from './client/create-once.ts';
import { logAll, sendBatches, toBatches } from './client/log-batch.ts';
import { createRun, findRunByTag, updateRun } from './client/runs.ts';

export interface NestedRun {
  readonly experimentId: string;
  /** The same token is the same run, however often it is sent. */
  readonly token: string;
  /** Nobody can have sent it before: it is not looked for first. */
  readonly absent?: boolean;
  readonly name: string;
  readonly user: string;
  /** Id of the run that this one is shown under. */
  readonly parent: string | null;
  /** Times in whole ms since 1970. */
  readonly startTime: number;
  /** Null leaves it running. */
  readonly endTime: number | null;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly (MetricPoint | TimedPoint)[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Writes a run with its params and metrics; safe to repeat. @returns its id */
export async function sendNestedRun(connection: MlflowConnection, nested: NestedRun): Promise<string> {
  const { startTime, endTime, params } = nested;
  const metrics = newestFirst(nested.metrics)
    .filter(({ value }) => Number.isFinite(value))
    // The run's own time: a repeat finds each point there and adds none.
    .map((point) => ({ key: point.name, value: point.value, step: point.step, timestamp: 'time' in point ? point.time : startTime }));
  // Before the run is made: what cannot be sent leaves none behind that nobody ends.
  const batches = toBatches({ metrics, params });
  const opening = openNested(connection, nested);
  await sendBatches(connection, opening, batches);
  const runId = await opening;
  await updateRun(
    connection,
    runId,
    endTime === null ? { status: 'RUNNING' } : { status: 'FINISHED', endTime: Math.max(endTime, startTime) },
  );
  return runId;
}

/** Makes the run with its tags, or finds it. @returns its id */
async function openNested(connection: MlflowConnection, nested: NestedRun): Promise<string> {
  const { experimentId, token, name, user, parent, startTime } = nested;
  const tags = { ...nested.tags, ...(parent === null ? {} : { 'mlflow.parentRunId': parent }) };
  let isTagged = false;
  const found = await createOnce(connection, {
    absent: nested.absent ?? false,
    find: () => findRunByTag(connection, experimentId, [TOKEN_TAG, token]),
    create: async () => {
      // What a create carries costs the server no transaction of its own.
      const run = await createRun(connection, { experimentId, name, user, startTime, tags: { ...tags, [TOKEN_TAG]: token } });
      isTagged = true;
      return run;
    },
  });
  if (!isTagged) {
    await forgetError(connection, found);
    // It may have been told others.
    await logAll(connection, found.runId, { tags });
  }
  return found.runId;
}
