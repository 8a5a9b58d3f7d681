import { didYouMean } from '../../../errors/close-match.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { getVersion, type ModelVersion } from '../client/model-versions.ts';
import { getRegisteredModel, type RegisteredModelEntry, searchRegisteredModels, versionWith } from '../client/registered-models.ts';

/** @throws SluiceError ARTIFACT_MISSING with the names that there are */
export async function requireModel(connection: MlflowConnection, model: string): Promise<RegisteredModelEntry> {
  const registered = await getRegisteredModel(connection, model);
  if (registered !== undefined) return registered;
  const names: string[] = [];
  for await (const { name } of searchRegisteredModels(connection)) names.push(name);
  throw new SluiceError('ARTIFACT_MISSING', `MLflow has no registered model "${model}".${didYouMean(model, names)}`, {
    hint: names.length === 0 ? 'Register one: sluice run register' : `It has: ${names.join(', ')}.`,
  });
}

/**
 * A version by its number, or by an alias that names it.
 * @throws SluiceError ARTIFACT_MISSING for a model, version or alias that is not there, with what there is
 */
export async function requireVersion(connection: MlflowConnection, model: string, reference: string): Promise<ModelVersion> {
  const registered = await requireModel(connection, model);
  const { aliases } = registered;
  const isNumber = /^\d+$/.test(reference);
  const number = isNumber ? reference : versionWith(registered, reference);
  const found = number === undefined ? undefined : await getVersion(connection, model, number);
  if (found !== undefined) return found;
  const there = Object.entries(aliases).map(([alias, version]) => `${alias} (version ${version})`);
  throw new SluiceError(
    'ARTIFACT_MISSING',
    `"${model}" has no ${isNumber ? `version ${reference}` : `alias "${reference}".${didYouMean(reference, Object.keys(aliases))}`}`,
    { hint: `${there.length === 0 ? '' : `Its aliases: ${there.join(', ')}. `}See its versions in MLflow under Models.` },
  );
}
