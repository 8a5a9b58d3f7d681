import { join } from 'node:path';
import type { Ledger, OperationOf } from '../../journal/operation.ts';
import { uploadArtifact } from '../client/artifacts.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { createOnce } from '../client/create-once.ts';
import { logBatch } from '../client/log-batch.ts';
import { createRun, findRunByTag } from '../client/runs.ts';
import { known } from './known.ts';

/** The tag by which an object of ours is found again after an answer was lost. */
export const TOKEN_TAG = 'sluice.token';

export async function applyRunCreate(connection: MlflowConnection, operation: OperationOf<'run.create'>, ledger: Ledger): Promise<Ledger> {
  const experimentId = known(ledger, 'experimentId');
  const run = await createOnce(connection, {
    find: () => findRunByTag(connection, experimentId, [TOKEN_TAG, operation.token]),
    create: () =>
      createRun(connection, {
        experimentId,
        name: operation.name,
        user: operation.user,
        startTime: operation.startTime,
        tags: { [TOKEN_TAG]: operation.token },
      }),
  });
  return { runId: run.runId, runArtifactUri: run.artifactUri, startTime: run.startTime };
}

export async function applyRunDescribe(
  connection: MlflowConnection,
  operation: OperationOf<'run.describe'>,
  ledger: Ledger,
): Promise<Ledger> {
  await logBatch(connection, known(ledger, 'runId'), { params: operation.params, tags: operation.tags });
  return {};
}

/** All points carry the run's start time: a repeat, even from a journal written anew, finds them there and adds none. */
export async function applyRunMetrics(
  connection: MlflowConnection,
  operation: OperationOf<'run.metrics'>,
  ledger: Ledger,
): Promise<Ledger> {
  const timestamp = known(ledger, 'startTime');
  const { ofModelOn } = operation;
  const model = ofModelOn === null ? {} : { modelId: known(ledger, 'modelId'), dataset: ofModelOn };
  await logBatch(connection, known(ledger, 'runId'), {
    metrics: operation.points.map(({ name, value, step }) => ({ key: name, value, step, timestamp, ...model })),
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
