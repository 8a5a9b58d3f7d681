import { z } from 'zod';
import { errorCodeOf, isMissing } from './api-error.ts';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { getVersion, type ModelVersion } from './model-versions.ts';
import { request, requestJson } from './request.ts';

/** Makes the registered model when it is not there; a description is only given to a new one. */
export async function ensureRegisteredModel(connection: MlflowConnection, name: string, description: string): Promise<void> {
  try {
    await request(connection, { method: 'POST', path: apiPath('registered-models/create'), json: { name, description } });
  } catch (error) {
    if (errorCodeOf(error) !== 'RESOURCE_ALREADY_EXISTS') throw error;
  }
}

const registered = z.object({
  registered_model: z.object({ aliases: z.array(z.object({ alias: z.string(), version: z.coerce.string() })).default([]) }),
});

/**
 * The version that an alias names; undefined where model or alias is not there. Reads the model's list of aliases: asking
 * for one alias answers a missing one with a code that says no more than "bad request".
 */
export async function getVersionByAlias(connection: MlflowConnection, name: string, alias: string): Promise<ModelVersion | undefined> {
  const version = await aliasTarget(connection, name, alias);
  return version === undefined ? undefined : getVersion(connection, name, version);
}

async function aliasTarget(connection: MlflowConnection, name: string, alias: string): Promise<string | undefined> {
  try {
    const answer = await requestJson(connection, registered, { method: 'GET', path: apiPath('registered-models/get', { name }) });
    return answer.registered_model.aliases.find((entry) => entry.alias === alias)?.version;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Unconditional: MLflow has no compare-and-set. Compare before, read again after. */
export async function setAlias(
  connection: MlflowConnection,
  name: string,
  target: { readonly alias: string; readonly version: string },
): Promise<void> {
  await request(connection, { method: 'POST', path: apiPath('registered-models/alias'), json: { name, ...target } });
}

/** Repeatable: deleting an absent alias is no error. */
export async function deleteAlias(connection: MlflowConnection, name: string, alias: string): Promise<void> {
  await request(connection, { method: 'DELETE', path: apiPath('registered-models/alias'), json: { name, alias } });
}
