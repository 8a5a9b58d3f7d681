import { createHash } from 'node:crypto';
import type { MetricPoint } from '../../graph/artifact.ts';
import { newestFirst } from '../newest-first.ts';
import type { ChildRun, Registration, TimedPoint } from '../registration.ts';
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
  const descriptor = files.model.at(-1);
  const token = registrationToken(key, model.name);
  return [
    { kind: 'experiment.ensure', name: registration.experiment },
    { kind: 'run.create', token, name: run.name, user: run.user, startTime: run.startedAt },
    ...describe(run.params, { ...run.tags, 'sluice.key': key, 'mlflow.note.content': run.description }),
    { kind: 'run.datasets', datasets: run.datasets.map((dataset) => ({ ...dataset, columns: [...dataset.columns] })) },
    {
      kind: 'model.create',
      token,
      name: model.loggedName,
      type: model.type,
      params: { ...model.params },
      tags: { ...sourceTags(run.tags), 'sluice.model_key': model.modelKey },
    },
    ...metricBatches(model.metrics, { ...model.metricsOn }),
    ...metricBatches(run.metrics, null),
    ...metricBatches(run.system, null),
    ...aheadOperations(token, run).map((operation): Operation => {
      const isSent = run.ahead?.parts.includes(partDigest(operation)) === true;
      return isSent ? { ...operation, sentTo: run.ahead.runId } : operation;
    }),
    ...files.run.map((file): Operation => ({ kind: 'run.file', ...file })),
    ...files.model.map((file): Operation => ({ kind: 'model.file', ...file, fill: file === descriptor })),
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

type AheadOperation = OperationOf<'run.metrics'> | OperationOf<'run.child'>;

/** What can be sent as soon as the run is there, whatever becomes of the rest. */
export function aheadOperations(
  token: string,
  run: { readonly user: string; readonly curves: readonly MetricPoint[]; readonly children: readonly ChildRun[] },
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
  return [...metricBatches(run.curves, null), ...children];
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
