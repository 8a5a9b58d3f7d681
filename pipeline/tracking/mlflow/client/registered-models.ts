import { digits, fields, listOf, or, text, turned } from './answer.ts';
import { errorCodeOf, unlessMissing } from './api-error.ts';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { getVersion, type ModelVersion } from './model-versions.ts';
import { pages } from './pages.ts';
import { request, requestJson } from './request.ts';
import { tagList } from './tags.ts';
import { assertAlias, assertModelName, assertTags } from './validate.ts';

/** Makes the registered model when it is not there; a description is only given to a new one. */
export async function ensureRegisteredModel(connection: MlflowConnection, name: string, description: string): Promise<void> {
  assertModelName(name);
  try {
    await request(connection, { method: 'POST', path: apiPath('registered-models/create'), json: { name, description } });
  } catch (error) {
    if (errorCodeOf(error) !== 'RESOURCE_ALREADY_EXISTS') throw error;
  }
}

const registeredModel = turned(
  fields({
    name: text,
    description: or(text, ''),
    tags: tagList,
    aliases: listOf(fields({ alias: text, version: digits })),
  }),
  ({ aliases, ...model }) => ({
    ...model,
    /** Alias to version. */
    aliases: Object.fromEntries(aliases.map(({ alias, version }) => [alias, version])),
  }),
);
export type RegisteredModelEntry = ReturnType<typeof registeredModel>;

export async function getRegisteredModel(connection: MlflowConnection, name: string): Promise<RegisteredModelEntry | undefined> {
  const call = { method: 'GET', path: apiPath('registered-models/get', { name }) } as const;
  const answer = await unlessMissing(requestJson(connection, fields({ registered_model: registeredModel }), call));
  return answer?.registered_model;
}

/** Registered models, page after page. `filter` such as `name LIKE 'credit%'`; `pageSize` at most 1,000. */
export function searchRegisteredModels(
  connection: MlflowConnection,
  { filter, pageSize = 100 }: { readonly filter?: string; readonly pageSize?: number } = {},
): AsyncGenerator<RegisteredModelEntry> {
  return pages(connection, {
    list: 'registered_models',
    entry: registeredModel,
    call: (token) => ({
      method: 'GET',
      path: apiPath('registered-models/search', { filter, max_results: pageSize, page_token: token }),
    }),
  });
}

/** Repeatable. */
export async function describeRegisteredModel(connection: MlflowConnection, name: string, description: string): Promise<void> {
  await request(connection, { method: 'PATCH', path: apiPath('registered-models/update'), json: { name, description } });
}

/** Versions and aliases go along. */
export async function renameRegisteredModel(connection: MlflowConnection, name: string, newName: string): Promise<void> {
  await request(connection, { method: 'POST', path: apiPath('registered-models/rename'), json: { name, new_name: newName } });
}

/** Takes all its versions with it, for good. */
export async function deleteRegisteredModel(connection: MlflowConnection, name: string): Promise<void> {
  await unlessMissing(request(connection, { method: 'DELETE', path: apiPath('registered-models/delete'), json: { name } }));
}

/** Repeatable. */
export async function setRegisteredModelTag(
  connection: MlflowConnection,
  name: string,
  [key, value]: readonly [string, string],
): Promise<void> {
  assertTags({ [key]: value }, 'registry');
  await request(connection, { method: 'POST', path: apiPath('registered-models/set-tag'), json: { name, key, value } });
}

export async function deleteRegisteredModelTag(connection: MlflowConnection, name: string, key: string): Promise<void> {
  await unlessMissing(request(connection, { method: 'DELETE', path: apiPath('registered-models/delete-tag'), json: { name, key } }));
}

/** The number of the version that has an alias; undefined where none has it, though its name be one that every object has. */
export function versionWith({ aliases }: Pick<RegisteredModelEntry, 'aliases'>, alias: string): string | undefined {
  return Object.hasOwn(aliases, alias) ? aliases[alias] : undefined;
}

/**
 * The version that an alias names; undefined where model or alias is not there. Reads the model's list of aliases: asking
 * for one alias answers a missing one with a code that says no more than "bad request".
 */
export async function getVersionByAlias(connection: MlflowConnection, name: string, alias: string): Promise<ModelVersion | undefined> {
  const model = await getRegisteredModel(connection, name);
  const version = model === undefined ? undefined : versionWith(model, alias);
  return version === undefined ? undefined : getVersion(connection, name, version);
}

/** Unconditional: MLflow has no compare-and-set. Compare before, read again after. */
export async function setAlias(
  connection: MlflowConnection,
  name: string,
  target: { readonly alias: string; readonly version: string },
): Promise<void> {
  assertAlias(target.alias);
  await request(connection, { method: 'POST', path: apiPath('registered-models/alias'), json: { name, ...target } });
}

/** Repeatable: deleting an absent alias is no error. */
export async function deleteAlias(connection: MlflowConnection, name: string, alias: string): Promise<void> {
  await request(connection, { method: 'DELETE', path: apiPath('registered-models/alias'), json: { name, alias } });
}
