import { createHash } from 'node:crypto';
import type { MetricPoint } from '../../graph/artifact.ts';
import { newestFirst } from '../newest-first.ts';
import type { Registration, SentAhead, TimedPoint } from '../registration.ts';
import type { Operation, OperationOf } from './operation.ts';
import type { StoredPayload } from './payload.ts';

/** Most points that one `run.metrics` carries: MLflow's limit of a batch. */
const POINTS_PER_BATCH = 1000;
const PARAMS_PER_BATCH = 100;

export interface StoredFiles {
  readonly run: readonly StoredPayload[];
  readonly model: readonly StoredPayload[];
}

/** The steps of a registration, in the order that leaves no version without its evidence and no alias without its version. */
export function planOperations(registration: Registration, files: StoredFiles): Operation[] {
  const { key, run, model, judgement } = registration;
  const token = registrationToken(key, model.name);
  return [
    { kind: 'experiment.ensure', name: registration.experiment },
    { kind: 'run.create', token, name: run.name, user: run.user, startTime: run.startedAt },
    ...describe(run.params, { ...run.tags, 'sluice.key': key, 'mlflow.note.content': run.description }),
    { kind: 'run.datasets', datasets: run.datasets.map((dataset) => ({ ...dataset, columns: [...dataset.columns] })) },
    modelCreation(token, model, run.tags),
    ...metricBatches(model.metrics, { ...model.metricsOn }),
    ...metricBatches(run.metrics, null),
    ...metricBatches(run.system, null),
    ...aheadOperations(token, run, files).map((operation) => markSent(operation, run.ahead)),
    ...files.model.slice(-1).map((file): Operation => ({ kind: 'model.file', ...file, fill: true })),
    { kind: 'model.ready' },
    {
      kind: 'version.create',
      model: model.name,
      modelDescription: model.description,
      token,
      description: model.versionDescription,
      tags: {
        ...model.versionTags,
        'sluice.key': key,
        'sluice.model_key': model.modelKey,
        'sluice.judged_against': judgement.judgedAgainst,
      },
    },
    { kind: 'run.settle', token, model: model.name },
    { kind: 'alias.decide', model: model.name, modelKey: model.modelKey, ...judgement, at: run.endedAt },
    { kind: 'run.finish', endTime: run.endedAt },
  ];
}

/** Where the run came from, for the model's own page. */
function sourceTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => name.startsWith('mlflow.source.')));
}

/** By which the run, its model and its version are found again. The same model under another name is another run. A quote would end the filter of a search. */
export function registrationToken(key: string, modelName: string): string {
  return `${key}:${modelName.replaceAll('"', '%22').replaceAll("'", '%27')}`;
}

/** Of a token, as the name of a file. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function modelCreation(
  token: string,
  model: Pick<Registration['model'], 'loggedName' | 'type' | 'params' | 'modelKey'>,
  runTags: Registration['run']['tags'],
): OperationOf<'model.create'> {
  return {
    kind: 'model.create',
    token,
    name: model.loggedName,
    type: model.type,
    params: { ...model.params },
    tags: { ...sourceTags(runTags), 'sluice.model_key': model.modelKey },
  };
}

type AheadOperation = OperationOf<'run.metrics'> | OperationOf<'run.child'> | OperationOf<'run.file'> | OperationOf<'model.file'>;

/**
 * What can be sent as soon as the run is there, whatever becomes of the rest.
 * @param files of the model all but the last, which makes the folder a model
 */
export function aheadOperations(
  token: string,
  run: Pick<Registration['run'], 'user' | 'curves' | 'children'>,
  files: StoredFiles,
): readonly AheadOperation[] {
  const children = run.children.map(({ name, params, tags, metrics }): AheadOperation => ({
    kind: 'run.child',
    token: `${token}:${name}`,
    name,
    user: run.user,
    params: { ...params },
    tags: { ...tags },
    points: [...metrics],
  }));
  return [
    ...metricBatches(run.curves, null),
    ...children,
    ...files.run.map((file): AheadOperation => ({ kind: 'run.file', ...file })),
    ...files.model.slice(0, -1).map((file): AheadOperation => ({ kind: 'model.file', ...file, fill: false })),
  ];
}

/** A part that went ahead says where to. */
function markSent(operation: AheadOperation, ahead: SentAhead | null): Operation {
  const sentTo = (operation.kind === 'model.file' ? ahead?.modelId : ahead?.runId) ?? null;
  return sentTo !== null && ahead?.parts.includes(partDigest(operation)) === true ? { ...operation, sentTo } : operation;
}

/** Equal for operations that leave the same behind. */
export function partDigest(operation: AheadOperation): string {
  return createHash('sha256').update(JSON.stringify(operation)).digest('hex').slice(0, 16);
}

function describe(params: Readonly<Record<string, string>>, tags: Readonly<Record<string, string>>): Operation[] {
  return chunks(Object.entries(params), PARAMS_PER_BATCH).map((part, index) => ({
    kind: 'run.describe',
    params: Object.fromEntries(part),
    tags: index === 0 ? { ...tags } : {},
  }));
}

function metricBatches(
  points: readonly (MetricPoint | TimedPoint)[],
  ofModelOn: { name: string; digest: string } | null,
): OperationOf<'run.metrics'>[] {
  const sorted = newestFirst(points);
  return points.length === 0 ? [] : chunks(sorted, POINTS_PER_BATCH).map((part) => ({ kind: 'run.metrics', points: [...part], ofModelOn }));
}

/** At least one part, which may be empty. */
function chunks<T>(values: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at === 0 || at < values.length; at += size) parts.push(values.slice(at, at + size));
  return parts;
}
