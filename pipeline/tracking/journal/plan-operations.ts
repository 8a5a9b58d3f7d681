import type { MetricPoint } from '../../graph/artifact.ts';
import type { Registration, TimedPoint } from '../registration.ts';
import type { Operation } from './operation.ts';
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
  /** The same model under another name is another run. A quote would end a filter that searches for it. */
  const token = `${key}:${model.name.replaceAll('"', '%22').replaceAll("'", '%27')}`;
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
    ...run.children.map(({ name, params, tags, metrics }): Operation => ({
      kind: 'run.child',
      token: `${token}:${name}`,
      name,
      user: run.user,
      params: { ...params },
      tags: { ...tags },
      points: [...metrics],
    })),
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

function describe(params: Readonly<Record<string, string>>, tags: Readonly<Record<string, string>>): Operation[] {
  return chunks(Object.entries(params), PARAMS_PER_BATCH).map((part, index) => ({
    kind: 'run.describe',
    params: Object.fromEntries(part),
    tags: index === 0 ? { ...tags } : {},
  }));
}

function metricBatches(points: readonly (MetricPoint | TimedPoint)[], ofModelOn: { name: string; digest: string } | null): Operation[] {
  return points.length === 0 ? [] : chunks(points, POINTS_PER_BATCH).map((part) => ({ kind: 'run.metrics', points: [...part], ofModelOn }));
}

/** At least one part, which may be empty. */
function chunks<T>(values: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at === 0 || at < values.length; at += size) parts.push(values.slice(at, at + size));
  return parts;
}
