import { SluiceError } from '../../../errors/sluice-error.ts';
import { fields, or, text } from './answer.ts';
import { errorCodeOf, unlessMissing } from './api-error.ts';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { pages } from './pages.ts';
import { request, requestJson } from './request.ts';
import { tagList, toTagList } from './tags.ts';
import { assertKey } from './validate.ts';

const experiment = fields({
  experiment_id: text,
  name: text,
  lifecycle_stage: text,
  artifact_location: or(text, ''),
  tags: tagList,
});
export type Experiment = ReturnType<typeof experiment>;

export async function findExperiment(connection: MlflowConnection, name: string): Promise<Experiment | undefined> {
  const call = { method: 'GET', path: apiPath('experiments/get-by-name', { experiment_name: name }) } as const;
  return (await unlessMissing(requestJson(connection, fields({ experiment }), call)))?.experiment;
}

export interface ExperimentSearch {
  /** Such as `name LIKE 'credit%'`. */
  readonly filter?: string;
  /** @default 100 */
  readonly pageSize?: number;
  /** @default ACTIVE_ONLY */
  readonly view?: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
}

/** Experiments, page after page. */
export function searchExperiments(connection: MlflowConnection, search: ExperimentSearch = {}): AsyncGenerator<Experiment> {
  return pages(connection, {
    list: 'experiments',
    entry: experiment,
    call: (token) => ({
      method: 'POST',
      path: apiPath('experiments/search'),
      json: {
        filter: search.filter,
        max_results: search.pageSize ?? 100,
        page_token: token,
        view_type: search.view ?? 'ACTIVE_ONLY',
      },
    }),
  });
}

/** Hides an experiment; its name stays taken until `mlflow gc`. */
export async function deleteExperiment(connection: MlflowConnection, experimentId: string): Promise<void> {
  await request(connection, { method: 'POST', path: apiPath('experiments/delete'), json: { experiment_id: experimentId } });
}

export async function restoreExperiment(connection: MlflowConnection, experimentId: string): Promise<void> {
  await request(connection, { method: 'POST', path: apiPath('experiments/restore'), json: { experiment_id: experimentId } });
}

export async function renameExperiment(connection: MlflowConnection, experimentId: string, name: string): Promise<void> {
  await request(connection, { method: 'POST', path: apiPath('experiments/update'), json: { experiment_id: experimentId, new_name: name } });
}

/** Repeatable. */
export async function setExperimentTag(
  connection: MlflowConnection,
  experimentId: string,
  [key, value]: readonly [string, string],
): Promise<void> {
  assertKey('tag', key);
  await request(connection, {
    method: 'POST',
    path: apiPath('experiments/set-experiment-tag'),
    json: { experiment_id: experimentId, key, value },
  });
}

/** Makes the UI treat the experiment as model training, not as GenAI traces. */
const KIND = { 'mlflow.experimentKind': 'custom_model_development' };

/** The experiment's id, made when it is not there; safe to repeat and to race. */
export async function ensureExperiment(connection: MlflowConnection, name: string): Promise<string> {
  const found = await findExperiment(connection, name);
  if (found !== undefined) return activeId(connection, found);
  try {
    const answer = await requestJson(connection, fields({ experiment_id: text }), {
      method: 'POST',
      path: apiPath('experiments/create'),
      json: { name, tags: toTagList(KIND) },
    });
    return answer.experiment_id;
  } catch (error) {
    if (errorCodeOf(error) !== 'RESOURCE_ALREADY_EXISTS') throw error;
    const other = await findExperiment(connection, name);
    if (other === undefined) throw error;
    return activeId(connection, other);
  }
}

function activeId(connection: MlflowConnection, found: Experiment): string {
  if (found.lifecycle_stage === 'active') return found.experiment_id;
  throw new SluiceError(
    'MLFLOW_REFUSED',
    `experiment "${found.name}" was deleted on ${connection.uri}, and MLflow keeps its name blocked`,
    {
      hint: `Restore it (MLFLOW_TRACKING_URI=${connection.uri} .venv/bin/mlflow experiments restore --experiment-id ${found.experiment_id}), or set tracking.experiment to another name.`,
    },
  );
}
