import { fields, or, text, turned } from './answer.ts';
import { unlessMissing } from './api-error.ts';
import { apiPath, filterString } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { pages } from './pages.ts';
import { request, requestJson } from './request.ts';
import { tagList, type Tags, toTagList } from './tags.ts';
import { assertKey, assertTags } from './validate.ts';

const loggedModel = turned(
  fields({
    info: fields({
      model_id: text,
      artifact_uri: text,
      status: text,
      name: or(text, ''),
      source_run_id: or(text, ''),
      tags: tagList,
    }),
  }),
  ({ info }) => ({
    modelId: info.model_id,
    name: info.name,
    artifactUri: info.artifact_uri,
    status: info.status,
    sourceRunId: info.source_run_id,
    tags: info.tags,
  }),
);
export type LoggedModel = ReturnType<typeof loggedModel>;

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
  const answer = await requestJson(connection, fields({ model: loggedModel }), {
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

export interface LoggedModelSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string;
  readonly pageSize?: number;
}

/** Logged models, page after page. */
export function searchLoggedModels(connection: MlflowConnection, search: LoggedModelSearch): AsyncGenerator<LoggedModel> {
  return pages(connection, {
    list: 'models',
    entry: loggedModel,
    call: (token) => ({
      method: 'POST',
      path: apiPath('logged-models/search'),
      json: { experiment_ids: search.experimentIds, filter: search.filter, max_results: search.pageSize ?? 50, page_token: token },
    }),
  });
}

/** The run's logged model that carries a tag. */
export async function findLoggedModel(
  connection: MlflowConnection,
  where: { readonly experimentId: string; readonly runId: string; readonly tag: readonly [string, string] },
): Promise<LoggedModel | undefined> {
  assertKey('tag', where.tag[0]);
  const filter = `tags.\`${where.tag[0]}\` = ${filterString(where.tag[1])}`;
  for await (const model of searchLoggedModels(connection, { experimentIds: [where.experimentId], filter }))
    if (model.sourceRunId === where.runId) return model;
  return undefined;
}

export async function getLoggedModel(connection: MlflowConnection, modelId: string): Promise<LoggedModel | undefined> {
  const call = { method: 'GET', path: pathOf(modelId) } as const;
  return (await unlessMissing(requestJson(connection, fields({ model: loggedModel }), call)))?.model;
}

/** Repeatable. */
export async function setLoggedModelTags(connection: MlflowConnection, modelId: string, tags: Tags): Promise<void> {
  assertTags(tags, 'run');
  await request(connection, { method: 'PATCH', path: `${pathOf(modelId)}/tags`, json: { model_id: modelId, tags: toTagList(tags) } });
}

export async function deleteLoggedModelTag(connection: MlflowConnection, modelId: string, key: string): Promise<void> {
  await unlessMissing(request(connection, { method: 'DELETE', path: `${pathOf(modelId)}/tags/${encodeURIComponent(key)}` }));
}

export async function deleteLoggedModel(connection: MlflowConnection, modelId: string): Promise<void> {
  await unlessMissing(request(connection, { method: 'DELETE', path: pathOf(modelId) }));
}

/** Repeatable. The id has to stand in the body as well as in the path. */
export async function setLoggedModelStatus(
  connection: MlflowConnection,
  modelId: string,
  status: 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED',
): Promise<void> {
  await request(connection, {
    method: 'PATCH',
    path: pathOf(modelId),
    json: { model_id: modelId, status },
  });
}

function pathOf(modelId: string): string {
  return apiPath(`logged-models/${encodeURIComponent(modelId)}`);
}
