import { join } from 'node:path';
import type { Ledger, OperationOf } from '../../journal/operation.ts';
import { errorCodeOf } from '../client/api-error.ts';
import { uploadArtifact } from '../client/artifacts.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { createOnce } from '../client/create-once.ts';
import { logBatch } from '../client/log-batch.ts';
import { createRun, findRunByTag, getRun, type Run } from '../client/runs.ts';
import { sendNestedRun } from '../nested-run.ts';
import { PLACEHOLDERS } from '../../registration.ts';
import { TOKEN_TAG } from './token-tag.ts';
import { known } from './known.ts';

/** @returns what was learned, and the run that was there already: in one that was made just now nothing that belongs to it can be yet */
export async function applyRunCreate(
  connection: MlflowConnection,
  operation: OperationOf<'run.create'>,
  ledger: Ledger,
): Promise<{ readonly learned: Ledger; readonly found: Run | undefined }> {
  const experimentId = known(ledger, 'experimentId');
  let found: Run | undefined;
  const run = await createOnce(connection, {
    find: async () => (found = await findRunByTag(connection, experimentId, [TOKEN_TAG, operation.token])),
    create: () =>
      createRun(connection, {
        experimentId,
        name: operation.name,
        user: operation.user,
        startTime: operation.startTime,
        tags: { [TOKEN_TAG]: operation.token },
      }),
  });
  return { learned: { runId: run.runId, runArtifactUri: run.artifactUri, startTime: run.startTime }, found };
}

/**
 * Params and tags. A run that is described again, for a model that is judged anew, may find other params there: of those MLflow keeps the first for ever,
 * so they stay, with a warning; tags are what holds now.
 */
export async function applyRunDescribe(
  connection: MlflowConnection,
  operation: OperationOf<'run.describe'>,
  { ledger, warn }: { readonly ledger: Ledger; readonly warn: (message: string) => void },
): Promise<Ledger> {
  const [runId, experimentId] = [known(ledger, 'runId'), known(ledger, 'experimentId')];
  const tags = Object.entries(operation.tags).map(([name, text]) => [
    name,
    text.replaceAll(PLACEHOLDERS.runId, runId).replaceAll(PLACEHOLDERS.experimentId, experimentId),
  ]);
  const batch = { params: operation.params, tags: Object.fromEntries(tags) };
  try {
    await logBatch(connection, runId, batch);
  } catch (error) {
    const there = errorCodeOf(error) === 'INVALID_PARAMETER_VALUE' ? (await getRun(connection, runId))?.params : undefined;
    const changed = Object.entries(batch.params).filter(([name, value]) => (there?.[name] ?? value) !== value);
    if (there === undefined || changed.length === 0) throw error;
    const params = Object.fromEntries(Object.entries(batch.params).filter(([name]) => there[name] === undefined));
    await logBatch(connection, runId, { ...batch, params });
    const told = changed.slice(0, 3).map(([name, value]) => `${name} ${there[name] ?? ''}, now ${value}`);
    warn(`run ${runId} keeps the params that it was first registered with: ${told.join('; ')}${changed.length > 3 ? '; …' : ''}`);
  }
  return {};
}

/** All points without a time of their own carry the run's start time: a repeat, even from a journal written anew, finds them there and adds none. */
export async function applyRunMetrics(
  connection: MlflowConnection,
  operation: OperationOf<'run.metrics'>,
  ledger: Ledger,
): Promise<Ledger> {
  const timestamp = known(ledger, 'startTime');
  const { ofModelOn } = operation;
  const model = ofModelOn === null ? {} : { modelId: known(ledger, 'modelId'), dataset: ofModelOn };
  await logBatch(connection, known(ledger, 'runId'), {
    metrics: operation.points.map(({ name, value, step, time }) => ({ key: name, value, step, timestamp: time ?? timestamp, ...model })),
  });
  return {};
}

/** A child starts a moment before its run, because whoever asks an experiment for its newest run is to get that one and not a part of it. */
export function childStart(runStart: number): number {
  return runStart - 1;
}

/** A run below the run, whole: created, described and finished. */
export async function applyRunChild(
  connection: MlflowConnection,
  operation: OperationOf<'run.child'>,
  { ledger, absent }: { readonly ledger: Ledger; readonly absent: boolean },
): Promise<Ledger> {
  const { token, name, user, params, tags, points } = operation;
  const startTime = childStart(known(ledger, 'startTime'));
  await sendNestedRun(connection, {
    experimentId: known(ledger, 'experimentId'),
    token,
    absent,
    name,
    user,
    parent: known(ledger, 'runId'),
    startTime,
    endTime: startTime,
    params,
    tags,
    metrics: points,
  });
  return {};
}

export async function applyRunFile(
  connection: MlflowConnection,
  operation: OperationOf<'run.file'>,
  context: { readonly ledger: Ledger; readonly payloadFolder: string },
): Promise<Ledger> {
  await uploadArtifact(connection, known(context.ledger, 'runArtifactUri'), {
    path: operation.path,
    from: join(context.payloadFolder, operation.payload),
  });
  return {};
}
