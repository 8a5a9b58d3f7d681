import { digits, fields, listOf, or, text, turned } from './answer.ts';
import { errorCodeOf, unlessMissing } from './api-error.ts';
import { apiPath, filterString } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { pages } from './pages.ts';
import { request, requestJson } from './request.ts';
import { tagList, type Tags, toTagList } from './tags.ts';
import { assertKey, assertTags } from './validate.ts';

const modelVersion = turned(
  fields({
    name: text,
    version: digits,
    run_id: or(text, ''),
    source: or(text, ''),
    tags: tagList,
    aliases: listOf(text),
  }),
  ({ run_id: runId, ...version }) => ({ ...version, runId }),
);
/** There is no model id: MLflow's SQL store does not keep it on a version. */
export type ModelVersion = ReturnType<typeof modelVersion>;

export interface NewVersion {
  readonly name: string;
  readonly modelId: string;
  readonly runId: string;
  readonly description: string;
  readonly tags: Tags;
}

/** Not repeatable: a second call makes a second version. Go through `createOnce`. */
export async function createVersion(connection: MlflowConnection, version: NewVersion): Promise<ModelVersion> {
  assertTags(version.tags, 'registry');
  const answer = await requestJson(connection, fields({ model_version: modelVersion }), {
    method: 'POST',
    path: apiPath('model-versions/create'),
    repeatable: false,
    json: {
      name: version.name,
      source: `models:/${version.modelId}`,
      model_id: version.modelId,
      run_id: version.runId,
      description: version.description,
      tags: toTagList(version.tags),
    },
  });
  return answer.model_version;
}

export async function getVersion(connection: MlflowConnection, name: string, version: string): Promise<ModelVersion | undefined> {
  const call = { method: 'GET', path: apiPath('model-versions/get', { name, version }) } as const;
  return (await unlessMissing(requestJson(connection, fields({ model_version: modelVersion }), call)))?.model_version;
}

/** Versions of a model that carry a tag, newest first. */
export async function findVersions(
  connection: MlflowConnection,
  name: string,
  tag: readonly [string, string],
): Promise<readonly ModelVersion[]> {
  assertKey('tag', tag[0]);
  const filter = `name = ${filterString(name)} AND tags.\`${tag[0]}\` = ${filterString(tag[1])}`;
  const found: ModelVersion[] = [];
  for await (const version of searchVersions(connection, { filter })) found.push(version);
  return found.toSorted((a, b) => Number(b.version) - Number(a.version));
}

/** Versions that are not deleted, page after page. `filter` such as `name = 'credit-scoring'`. */
export function searchVersions(
  connection: MlflowConnection,
  { filter, pageSize = 500 }: { readonly filter?: string; readonly pageSize?: number } = {},
): AsyncGenerator<ModelVersion> {
  return pages(connection, {
    list: 'model_versions',
    entry: modelVersion,
    call: (token) => ({ method: 'GET', path: apiPath('model-versions/search', { filter, max_results: pageSize, page_token: token }) }),
  });
}

/** Every version of every model, deleted ones left out. */
export async function allVersions(connection: MlflowConnection): Promise<readonly ModelVersion[]> {
  const versions: ModelVersion[] = [];
  for await (const version of searchVersions(connection)) versions.push(version);
  return versions;
}

/** A version of a registered model. */
export interface VersionName {
  readonly name: string;
  readonly version: string;
}

/** Repeatable. */
export async function describeVersion(connection: MlflowConnection, version: VersionName, description: string): Promise<void> {
  await request(connection, { method: 'PATCH', path: apiPath('model-versions/update'), json: { ...version, description } });
}

/** For good; its aliases go with it. One that is not there is no error. */
export async function deleteVersion(connection: MlflowConnection, { name, version }: VersionName): Promise<void> {
  await unlessMissing(request(connection, { method: 'DELETE', path: apiPath('model-versions/delete'), json: { name, version } }));
}

/** A tag that is not there is no error. */
export async function deleteVersionTag(connection: MlflowConnection, version: VersionName, key: string): Promise<void> {
  await unlessMissing(request(connection, { method: 'DELETE', path: apiPath('model-versions/delete-tag'), json: { ...version, key } }));
}

/** Repeatable. */
export async function setVersionTag(connection: MlflowConnection, version: VersionName, tag: readonly [string, string]): Promise<void> {
  assertTags({ [tag[0]]: tag[1] }, 'registry');
  const call = { method: 'POST', path: apiPath('model-versions/set-tag'), json: { ...version, key: tag[0], value: tag[1] } } as const;
  // Of two that set a new tag at the same moment sqlite refuses one; it is there then, and is set like any other.
  await request(connection, call).catch((error: unknown) => {
    if (errorCodeOf(error) !== 'BAD_REQUEST') throw error;
    return request(connection, call);
  });
}

/** Where the version's files lie, an `mlflow-artifacts:` uri. */
export async function versionArtifactUri(connection: MlflowConnection, name: string, version: string): Promise<string> {
  return (
    await requestJson(connection, fields({ artifact_uri: text }), {
      method: 'GET',
      path: apiPath('model-versions/get-download-uri', { name, version }),
    })
  ).artifact_uri;
}
