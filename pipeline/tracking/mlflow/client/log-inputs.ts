import { errorCodeOf } from './api-error.ts';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { request } from './request.ts';
import { type Tags, toTagList } from './tags.ts';
import { assertDataset, assertDistinct } from './validate.ts';

export interface DatasetInput {
  /** Two datasets of one run need different names or digests: MLflow drops the second one silently. */
  readonly name: string;
  /** At most 36 characters. */
  readonly digest: string;
  /** `training`, `validation`, …: what the run used it for. */
  readonly context: string;
  /** Such as `{"uri":"data/x.parquet"}`. */
  readonly source: Readonly<Record<string, unknown>>;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly profile: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
}

/** MLflow looks for a dataset, then inserts it: of two that log the same one at once, one is refused, and finds it the next time. */
const TRIES = 4;

/** Repeatable. */
export async function logInputs(connection: MlflowConnection, runId: string, datasets: readonly DatasetInput[]): Promise<void> {
  for (const { name, digest } of datasets) assertDataset(name, digest);
  assertDistinct(datasets);
  const json = { run_id: runId, datasets: datasets.map(toDatasetInput) };
  for (let tries = 1; ; tries++) {
    try {
      await request(connection, { method: 'POST', path: apiPath('runs/log-inputs'), json });
      return;
    } catch (error) {
      if (errorCodeOf(error) !== 'BAD_REQUEST' || tries === TRIES) throw error;
    }
  }
}

function toDatasetInput(dataset: DatasetInput): unknown {
  const colspec = dataset.columns.map(({ name, type }) => ({ type, name, required: false }));
  return {
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: 'local',
      source: JSON.stringify(dataset.source),
      schema: JSON.stringify({ mlflow_colspec: colspec }),
      profile: JSON.stringify(dataset.profile),
    },
    tags: toTagList({ 'mlflow.data.context': dataset.context, ...dataset.tags }),
  };
}
