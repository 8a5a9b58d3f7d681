import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { Ledger, OperationOf } from '../../journal/operation.ts';
import { sha256File } from '../../journal/payload.ts';
import { PLACEHOLDERS } from '../../registration.ts';
import { unlessMissing } from '../client/api-error.ts';
import { downloadArtifact, uploadArtifact } from '../client/artifacts.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { createOnce } from '../client/create-once.ts';
import { createLoggedModel, findLoggedModel, getLoggedModel, setLoggedModelStatus } from '../client/logged-models.ts';
import { createVersion, findVersions, setVersionTag } from '../client/model-versions.ts';
import { ensureRegisteredModel } from '../client/registered-models.ts';
import { logModelOutput } from '../client/runs.ts';
import { TOKEN_TAG } from './token-tag.ts';
import { known } from './known.ts';
import { modelOf } from './model-of.ts';

interface FileContext {
  readonly ledger: Ledger;
  readonly payloadFolder: string;
}

export async function applyModelCreate(
  connection: MlflowConnection,
  operation: OperationOf<'model.create'>,
  ledger: Ledger,
): Promise<Ledger> {
  const [experimentId, runId] = [known(ledger, 'experimentId'), known(ledger, 'runId')];
  const { token, name, type, params, tags } = operation;
  const model = await createOnce(connection, {
    find: () => findLoggedModel(connection, { experimentId, runId, tag: [TOKEN_TAG, token] }),
    create: () => createLoggedModel(connection, { experimentId, runId, name, type, params, tags: { ...tags, [TOKEN_TAG]: token } }),
  });
  return { modelId: model.modelId, modelArtifactUri: model.artifactUri };
}

/** Uploads one file and reads it back: MLflow has no checksums, and what Python loads must be what we trained. */
export async function applyModelFile(
  connection: MlflowConnection,
  operation: OperationOf<'model.file'>,
  { ledger, payloadFolder }: FileContext,
): Promise<Ledger> {
  const artifactUri = known(ledger, 'modelArtifactUri');
  const source = join(payloadFolder, operation.payload);
  const from = operation.fill ? await fillIn(source, ledger) : source;
  await uploadArtifact(connection, artifactUri, { path: operation.path, from });
  const back = `${from}.back`;
  const arrived = await downloadArtifact(connection, artifactUri, { path: operation.path, to: back });
  const [sent, received] = [await sha256File(from), arrived ? await sha256File(back) : 'nothing'];
  await rm(back, { force: true });
  if (sent !== received) {
    throw new SluiceError(
      'MLFLOW_REFUSED',
      `${operation.path} of the model reads back from ${connection.uri} with sha256 ${received.slice(0, 12)}…, sent was ${sent.slice(0, 12)}…`,
      {
        hint: 'Check the disk of the MLflow server and what stands between; `sluice sync` sends the file again.',
      },
    );
  }
  return {};
}

/** Another machine that registers the same into the same run may have taken our logged model for a twin of its own: then its version is ours. */
export async function applyModelReady(connection: MlflowConnection, ledger: Ledger): Promise<Ledger> {
  const modelId = known(ledger, 'modelId');
  await unlessMissing(logModelOutput(connection, known(ledger, 'runId'), modelId));
  await unlessMissing(setLoggedModelStatus(connection, modelId, 'LOGGED_MODEL_READY'));
  return {};
}

export async function applyVersionCreate(
  connection: MlflowConnection,
  operation: OperationOf<'version.create'>,
  ledger: Ledger,
): Promise<Ledger> {
  const { model: name, token, description, tags } = operation;
  const [runId, modelId] = [known(ledger, 'runId'), known(ledger, 'modelId')];
  await ensureRegisteredModel(connection, name, operation.modelDescription);
  const version = await createOnce(connection, {
    find: async () => {
      // A version of a run that a person deleted carries the same token but another run.
      const found = (await findVersions(connection, name, [TOKEN_TAG, token])).filter((each) => each.runId === runId);
      const own = found.find((each) => modelOf(each) === modelId);
      if (own !== undefined || found.length === 0) return own;
      return (await getLoggedModel(connection, modelId)) === undefined ? found.at(-1) : undefined;
    },
    create: () => createVersion(connection, { name, modelId, runId, description, tags: { ...tags, [TOKEN_TAG]: token } }),
  });
  // A version found again may have been judged anew since: its tags say what holds now.
  const stale = Object.entries(tags).filter(([key, value]) => version.tags[key] !== value && key !== 'sluice.judged_against');
  for (const tag of stale) await setVersionTag(connection, { name, version: version.version }, tag);
  return { version: version.version, modelId: modelOf(version) };
}

async function fillIn(path: string, ledger: Ledger): Promise<string> {
  const text = (await readFile(path, 'utf8'))
    .replaceAll(PLACEHOLDERS.modelId, known(ledger, 'modelId'))
    .replaceAll(PLACEHOLDERS.runId, known(ledger, 'runId'))
    .replaceAll(PLACEHOLDERS.artifactUri, known(ledger, 'modelArtifactUri'));
  const filled = `${path}.filled`;
  await writeFile(filled, text);
  return filled;
}
