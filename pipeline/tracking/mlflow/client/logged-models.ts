import { z } from 'zod';
import { apiPath, filterString } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { request, requestJson } from './request.ts';
import { tagList, type Tags, toTagList } from './tags.ts';
import { assertKey, assertTags } from './validate.ts';

const loggedModel = z
  .object({
    info: z.object({
      model_id: z.string(),
      artifact_uri: z.string(),
      status: z.string(),
      source_run_id: z.string().default(''),
      tags: tagList,
    }),
  })
  .transform(({ info }) => ({
    modelId: info.model_id,
    artifactUri: info.artifact_uri,
    status: info.status,
    sourceRunId: info.source_run_id,
    tags: info.tags,
  }));
export type LoggedModel = z.infer<typeof loggedModel>;

export interface NewLoggedModel {
  readonly experimentId: string;
  readonly runId: string;
  /** Without `/ : . % " '`. */
  readonly name: string;
  readonly type: string;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Tags;
}

/** Not repeatable: a second call makes a second model. Go through `createOnce`. */
export async function createLoggedModel(connection: MlflowConnection, model: NewLoggedModel): Promise<LoggedModel> {
  assertTags(model.tags, 'run');
  const answer = await requestJson(connection, z.object({ model: loggedModel }), {
    method: 'POST',
    path: apiPath('logged-models'),
    repeatable: false,
    json: {
      experiment_id: model.experimentId,
      name: model.name,
      model_type: model.type,
      source_run_id: model.runId,
      params: toTagList(model.params),
      tags: toTagList(model.tags),
    },
  });
  return answer.model;
}

/** The run's logged model that carries a tag. */
export async function findLoggedModel(
  connection: MlflowConnection,
  where: { readonly experimentId: string; readonly runId: string; readonly tag: readonly [string, string] },
): Promise<LoggedModel | undefined> {
  assertKey('tag', where.tag[0]);
  const answer = await requestJson(connection, z.object({ models: z.array(loggedModel).default([]) }), {
    method: 'POST',
    path: apiPath('logged-models/search'),
    json: { experiment_ids: [where.experimentId], filter: `tags.\`${where.tag[0]}\` = ${filterString(where.tag[1])}`, max_results: 50 },
  });
  return answer.models.find((model) => model.sourceRunId === where.runId);
}

/** Repeatable. The id has to stand in the body as well as in the path. */
export async function setLoggedModelStatus(
  connection: MlflowConnection,
  modelId: string,
  status: 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED',
): Promise<void> {
  await request(connection, {
    method: 'PATCH',
    path: apiPath(`logged-models/${encodeURIComponent(modelId)}`),
    json: { model_id: modelId, status },
  });
}
