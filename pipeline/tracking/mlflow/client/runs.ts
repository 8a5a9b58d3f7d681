import { z } from 'zod';
import { errorCodeOf, isMissing } from './api-error.ts';
import { apiPath, filterString } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { request, requestJson } from './request.ts';
import { tagList, type Tags, toTagList } from './tags.ts';
import { assertKey, assertTags, assertTimestamp } from './validate.ts';

const runSchema = z
  .object({
    info: z.object({
      run_id: z.string(),
      experiment_id: z.string(),
      status: z.string(),
      lifecycle_stage: z.string(),
      artifact_uri: z.string(),
      start_time: z.number().default(0),
    }),
    data: z.object({ tags: tagList }).default({ tags: {} }),
    outputs: z.object({ model_outputs: z.array(z.object({ model_id: z.string() })).default([]) }).default({ model_outputs: [] }),
  })
  .transform(({ info, data, outputs }) => ({
    runId: info.run_id,
    experimentId: info.experiment_id,
    status: info.status,
    active: info.lifecycle_stage === 'active',
    artifactUri: info.artifact_uri,
    startTime: info.start_time,
    tags: data.tags,
    modelIds: outputs.model_outputs.map((output) => output.model_id),
  }));
export type Run = z.infer<typeof runSchema>;

export interface NewRun {
  readonly experimentId: string;
  readonly name: string;
  readonly user: string;
  /** ms since 1970, whole. */
  readonly startTime: number;
  readonly tags: Tags;
}

/** Not repeatable: a second call makes a second run. Go through `createOnce`. */
export async function createRun(connection: MlflowConnection, run: NewRun): Promise<Run> {
  assertTimestamp('start time of the run', run.startTime);
  assertTags(run.tags, 'run');
  const answer = await requestJson(connection, z.object({ run: runSchema }), {
    method: 'POST',
    path: apiPath('runs/create'),
    repeatable: false,
    json: {
      experiment_id: run.experimentId,
      run_name: run.name,
      user_id: run.user,
      start_time: run.startTime,
      tags: toTagList({ ...run.tags, 'mlflow.user': run.user }),
    },
  });
  return answer.run;
}

export async function getRun(connection: MlflowConnection, runId: string): Promise<Run | undefined> {
  try {
    return (await requestJson(connection, z.object({ run: runSchema }), { method: 'GET', path: apiPath('runs/get', { run_id: runId }) }))
      .run;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export interface RunSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string;
  readonly pageSize?: number;
}

/** Runs that are not deleted, newest first, page after page. */
export async function* searchRuns(connection: MlflowConnection, search: RunSearch): AsyncGenerator<Run> {
  const page = z.object({ runs: z.array(runSchema).default([]), next_page_token: z.string().optional() });
  let token: string | undefined;
  do {
    const answer = await requestJson(connection, page, {
      method: 'POST',
      path: apiPath('runs/search'),
      json: {
        experiment_ids: search.experimentIds,
        filter: search.filter,
        max_results: search.pageSize ?? 100,
        page_token: token,
        run_view_type: 'ACTIVE_ONLY',
      },
    });
    yield* answer.runs;
    token = answer.next_page_token === '' ? undefined : answer.next_page_token;
  } while (token !== undefined);
}

export async function findRunByTag(
  connection: MlflowConnection,
  experimentId: string,
  tag: readonly [key: string, value: string],
): Promise<Run | undefined> {
  assertKey('tag', tag[0]);
  const filter = `tags.\`${tag[0]}\` = ${filterString(tag[1])}`;
  for await (const run of searchRuns(connection, { experimentIds: [experimentId], filter, pageSize: 1 })) return run;
  return undefined;
}

export interface RunUpdate {
  readonly status: 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';
  /** ms since 1970, whole. */
  readonly endTime?: number;
}

export async function updateRun(connection: MlflowConnection, runId: string, update: RunUpdate): Promise<void> {
  if (update.endTime !== undefined) assertTimestamp('end time of the run', update.endTime);
  await request(connection, {
    method: 'POST',
    path: apiPath('runs/update'),
    json: { run_id: runId, status: update.status, end_time: update.endTime },
  });
}

/** Names a logged model as an output of the run. MLflow refuses a repeat, which is success here. */
export async function logModelOutput(connection: MlflowConnection, runId: string, modelId: string): Promise<void> {
  try {
    await request(connection, {
      method: 'POST',
      path: apiPath('runs/outputs'),
      json: { run_id: runId, models: [{ model_id: modelId, step: 0 }] },
    });
  } catch (error) {
    if (errorCodeOf(error) !== 'BAD_REQUEST') throw error;
    const run = await getRun(connection, runId);
    if (run?.modelIds.includes(modelId) !== true) throw error;
  }
}
