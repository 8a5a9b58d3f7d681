import { fields, listOf, number, or, orEmpty, text, turned } from './answer.ts';
import { errorCodeOf, unlessMissing } from './api-error.ts';
import { apiPath, filterString } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { pages } from './pages.ts';
import { request, requestJson } from './request.ts';
import { tagList, type Tags, toTagList } from './tags.ts';
import { assertKey, assertTags, assertTimestamp } from './validate.ts';

const dataset = fields({
  name: text,
  digest: text,
  /** JSON as it was logged: `mlflow_colspec`, and numbers such as `num_rows`. */
  schema: or(text, ''),
  profile: or(text, ''),
});

const runAnswer = turned(
  fields({
    info: fields({
      run_id: text,
      run_name: or(text, ''),
      experiment_id: text,
      status: text,
      lifecycle_stage: text,
      artifact_uri: text,
      start_time: or(number, 0),
    }),
    data: orEmpty(fields({ tags: tagList, params: tagList, metrics: listOf(fields({ key: text, value: number })) })),
    inputs: orEmpty(fields({ dataset_inputs: listOf(fields({ dataset, tags: tagList })) })),
    outputs: orEmpty(fields({ model_outputs: listOf(fields({ model_id: text })) })),
  }),
  ({ info, data, inputs, outputs }) => ({
    runId: info.run_id,
    name: info.run_name,
    experimentId: info.experiment_id,
    status: info.status,
    active: info.lifecycle_stage === 'active',
    artifactUri: info.artifact_uri,
    startTime: info.start_time,
    tags: data.tags,
    params: data.params,
    /** Of each metric the last value. */
    metrics: Object.fromEntries(data.metrics.map(({ key, value }) => [key, value])),
    datasets: inputs.dataset_inputs.map((input) => ({
      ...input.dataset,
      context: input.tags['mlflow.data.context'] ?? null,
      tags: input.tags,
    })),
    modelIds: outputs.model_outputs.map((output) => output.model_id),
  }),
);
export type Run = ReturnType<typeof runAnswer>;

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
  const answer = await requestJson(connection, fields({ run: runAnswer }), {
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
  const call = { method: 'GET', path: apiPath('runs/get', { run_id: runId }) } as const;
  return (await unlessMissing(requestJson(connection, fields({ run: runAnswer }), call)))?.run;
}

export interface RunSearch {
  readonly experimentIds: readonly string[];
  /** Such as ``metrics.auc > 0.7 AND tags.`team` = 'risk'``: MLflow knows no OR and no brackets. */
  readonly filter?: string;
  /** Such as `metrics.auc DESC`. @default newest first */
  readonly orderBy?: readonly string[];
  /** At most 50,000. @default 100 */
  readonly pageSize?: number;
  /** @default ACTIVE_ONLY */
  readonly view?: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
}

/** Runs, page after page. */
export function searchRuns(connection: MlflowConnection, search: RunSearch): AsyncGenerator<Run> {
  return pages(connection, {
    list: 'runs',
    entry: runAnswer,
    call: (token) => ({
      method: 'POST',
      path: apiPath('runs/search'),
      json: {
        experiment_ids: search.experimentIds,
        filter: search.filter,
        order_by: search.orderBy,
        max_results: search.pageSize ?? 100,
        page_token: token,
        run_view_type: search.view ?? 'ACTIVE_ONLY',
      },
    }),
  });
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
  readonly status?: 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
  /** ms since 1970, whole. */
  readonly endTime?: number;
  readonly name?: string;
}

export async function updateRun(connection: MlflowConnection, runId: string, update: RunUpdate): Promise<void> {
  if (update.endTime !== undefined) assertTimestamp('end time of the run', update.endTime);
  await request(connection, {
    method: 'POST',
    path: apiPath('runs/update'),
    json: { run_id: runId, status: update.status, end_time: update.endTime, run_name: update.name },
  });
}

/** Hides a run; `restoreRun` brings it back, until `mlflow gc` takes it for good. Both repeatable. */
export async function deleteRun(connection: MlflowConnection, runId: string): Promise<void> {
  await request(connection, { method: 'POST', path: apiPath('runs/delete'), json: { run_id: runId } });
}

export async function restoreRun(connection: MlflowConnection, runId: string): Promise<void> {
  await request(connection, { method: 'POST', path: apiPath('runs/restore'), json: { run_id: runId } });
}

/** Removes a tag; one that is not there is no error. Tags are set by `logBatch`. */
export async function deleteRunTag(connection: MlflowConnection, runId: string, key: string): Promise<void> {
  await unlessMissing(request(connection, { method: 'POST', path: apiPath('runs/delete-tag'), json: { run_id: runId, key } }));
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
