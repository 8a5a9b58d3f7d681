import type { Ledger, OperationOf } from '../../journal/operation.ts';
import { filterString } from '../client/api-path.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { deleteLoggedModel, type LoggedModel, searchLoggedModels, setLoggedModelTags } from '../client/logged-models.ts';
import { deleteVersion, findVersions } from '../client/model-versions.ts';
import { modelOf } from './model-of.ts';
import { deleteRun, getRun, type Run, searchRuns } from '../client/runs.ts';
import { childStart } from './apply-run.ts';
import { known } from './known.ts';
import { TOKEN_TAG } from './token-tag.ts';

/**
 * Removes what a request made that arrived twice: a proxy may repeat one, or deliver one that was given up. Such a twin has our token and the very
 * time that we named, or belongs to our run; what another machine registers of the same model at the same moment has a run of its own, or comes to the
 * same version as we do. Done before the version gets an alias, and before the run is called finished.
 */
export async function applySettle(connection: MlflowConnection, operation: OperationOf<'run.settle'>, ledger: Ledger): Promise<Ledger> {
  const { token, model } = operation;
  await removeRuns(connection, token, ledger);
  const kept = await removeVersions(connection, { token, model }, ledger);
  await removeModels(connection, token, { ...ledger, ...kept });
  return kept;
}

async function removeRuns(connection: MlflowConnection, token: string, ledger: Ledger): Promise<void> {
  const [experimentId, runId, startTime] = [known(ledger, 'experimentId'), known(ledger, 'runId'), known(ledger, 'startTime')];
  const ours: Run[] = [];
  const filter = `tags.\`${TOKEN_TAG}\` LIKE ${filterString(`${token}%`)}`;
  for await (const run of searchRuns(connection, { experimentIds: [experimentId], filter, pageSize: 1000 })) {
    const asSent = run.tags[TOKEN_TAG] === token ? startTime : childStart(startTime);
    if (run.startTime === asSent) ours.push(run);
  }
  const kept = new Set<string>();
  // Of children with the same token the one that was brought to its end is the right one.
  for (const run of ours.toSorted((a, b) => Number(isDone(b)) - Number(isDone(a)) || (a.runId < b.runId ? -1 : 1))) {
    const own = run.tags[TOKEN_TAG] ?? '';
    const isTwin = own === token ? run.runId !== runId : kept.has(own);
    if (isTwin) await deleteRun(connection, run.runId);
    else kept.add(own);
  }
}

function isDone({ status }: Run): boolean {
  return status === 'FINISHED';
}

async function removeModels(connection: MlflowConnection, token: string, ledger: Ledger): Promise<void> {
  const [experimentId, runId, modelId] = [known(ledger, 'experimentId'), known(ledger, 'runId'), known(ledger, 'modelId')];
  const filter = `tags.\`${TOKEN_TAG}\` = ${filterString(token)}`;
  const twins: string[] = [];
  for await (const model of searchLoggedModels(connection, { experimentIds: [experimentId], filter })) {
    if (model.modelId === modelId) continue;
    if (model.sourceRunId === runId || (await isLeftOver(connection, model))) twins.push(model.modelId);
  }
  for (const twin of twins) await deleteLoggedModel(connection, twin);
}

/** Begun ahead, in a run that a person deleted meanwhile: nobody completes it. */
async function isLeftOver(connection: MlflowConnection, { status, sourceRunId }: LoggedModel): Promise<boolean> {
  return status === 'LOGGED_MODEL_PENDING' && (await getRun(connection, sourceRunId))?.active !== true;
}

/**
 * The first version stays, whoever made it: two machines may register the same model in the same run, and both have to come to the same one.
 * @returns the version that stays, and the logged model that it was made of
 */
async function removeVersions(
  connection: MlflowConnection,
  { token, model: name }: { readonly token: string; readonly model: string },
  ledger: Ledger,
): Promise<{ readonly version: string; readonly modelId: string }> {
  const [runId, own] = [known(ledger, 'runId'), { version: known(ledger, 'version'), modelId: known(ledger, 'modelId') }];
  const found = (await findVersions(connection, name, [TOKEN_TAG, token])).filter((version) => version.runId === runId);
  const first = found.at(-1);
  const kept = first === undefined ? own : { version: first.version, modelId: modelOf(first) };
  const twins = found.filter(({ version }) => version !== kept.version);
  for (const { version } of twins) await deleteVersion(connection, { name, version });
  // MLflow lists the versions of a logged model here, and does not take deleted ones out.
  if (twins.length > 0)
    await setLoggedModelTags(connection, kept.modelId, {
      'mlflow.modelVersions': JSON.stringify([{ name, version: Number(kept.version) }]),
    });
  return kept;
}
