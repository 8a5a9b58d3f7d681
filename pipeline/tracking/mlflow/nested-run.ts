import { TOKEN_TAG } from './apply/apply-run.ts';
import type { MlflowConnection } from './client/connection.ts';
import { createOnce } from './client/create-once.ts';
import { logBatch } from './client/log-batch.ts';
import { createRun, findRunByTag, updateRun } from './client/runs.ts';

export interface NestedRun {
  readonly experimentId: string;
  /** The same token is the same run, however often it is sent. */
  readonly token: string;
  readonly name: string;
  readonly user: string;
  /** Id of the run that this one is shown under. */
  readonly parent: string | null;
  /** Times in whole ms since 1970. */
  readonly startTime: number;
  /** Null leaves it running. */
  readonly endTime: number | null;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Params that one batch may have. */
const PARAMS_PER_BATCH = 100;

/** Writes a run with its params and metrics; safe to repeat. @returns its id */
export async function sendNestedRun(connection: MlflowConnection, nested: NestedRun): Promise<string> {
  const { experimentId, token, name, user, startTime, endTime } = nested;
  const parent = nested.parent === null ? {} : { 'mlflow.parentRunId': nested.parent };
  const { runId } = await createOnce(connection, {
    find: () => findRunByTag(connection, experimentId, [TOKEN_TAG, token]),
    create: () => createRun(connection, { experimentId, name, user, startTime, tags: { [TOKEN_TAG]: token, ...parent } }),
  });
  const metrics = Object.entries(nested.metrics)
    .filter(([, value]) => Number.isFinite(value))
    // The run's own time: a repeat finds each point there and adds none.
    .map(([key, value]) => ({ key, value, step: 0, timestamp: startTime }));
  const params = Object.entries(nested.params).slice(0, PARAMS_PER_BATCH);
  await logBatch(connection, runId, { metrics, params: Object.fromEntries(params), tags: { ...nested.tags, ...parent } });
  await updateRun(
    connection,
    runId,
    endTime === null ? { status: 'RUNNING' } : { status: 'FINISHED', endTime: Math.max(endTime, startTime) },
  );
  return runId;
}
