import { setImmediate } from 'node:timers/promises';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { request } from './request.ts';
import { type Tags, toTagList } from './tags.ts';
import { assertDataset, assertMetric, assertParam, assertTags } from './validate.ts';

export interface Metric {
  readonly key: string;
  /** Finite. */
  readonly value: number;
  /** ms since 1970, whole; freeze it before the first attempt, a new one makes a second point. */
  readonly timestamp: number;
  readonly step: number;
  /** Shows the metric on the logged model as well. */
  readonly modelId?: string;
  readonly dataset?: { readonly name: string; readonly digest: string };
}

export interface Batch {
  readonly metrics?: readonly Metric[];
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Tags;
}

/** One atomic, repeatable call of at most 1000 metrics, 100 params and 100 tags, 1000 together: all of it is stored, or nothing. @throws SluiceError MLFLOW_REFUSED for what MLflow would spoil */
export async function logBatch(connection: MlflowConnection, runId: string, batch: Batch): Promise<void> {
  assertBatch(batch);
  await sendBatch(connection, runId, written(batch));
}

function assertBatch({ metrics = [], params = {}, tags = {} }: Batch): void {
  const keys = new Set<string>();
  for (const metric of metrics) {
    assertMetric(metric, keys);
    if (metric.dataset !== undefined) assertDataset(metric.dataset.name, metric.dataset.digest);
  }
  for (const [key, value] of Object.entries(params)) assertParam(key, value);
  assertTags(tags, 'run');
}

/** A batch as JSON, without the run that it is for. */
function written({ metrics = [], params = {}, tags = {} }: Batch): string {
  return JSON.stringify({ metrics: metrics.map(toEntry), params: toTagList(params), tags: toTagList(tags) });
}

async function sendBatch(connection: MlflowConnection, runId: string, batch: string): Promise<void> {
  const json = `{"run_id":${JSON.stringify(runId)},${batch.slice(1)}`;
  await request(connection, { method: 'POST', path: apiPath('runs/log-batch'), written: json });
}

/** Most metrics are of a run alone: fields that are not sent are not made, a thousand times a batch. */
function toEntry({ key, value, timestamp, step, modelId, dataset }: Metric): object {
  if (modelId === undefined && dataset === undefined) return { key, value, timestamp, step };
  return { key, value, timestamp, step, model_id: modelId, dataset_name: dataset?.name, dataset_digest: dataset?.digest };
}

const MOST = { together: 1000, params: 100, tags: 100 } as const;

/** Any number of them, in as few batches as it takes: params and tags first. Repeatable, but no longer all or nothing. */
export async function logAll(connection: MlflowConnection, runId: string, batch: Batch): Promise<void> {
  await sendBatches(connection, Promise.resolve(runId), toBatches(batch));
}

/** Batches of one run as JSON, each written when it is asked for. */
export type WrittenBatches = Iterator<string, void, void>;

/** What `logAll` sends. @throws SluiceError MLFLOW_REFUSED for what MLflow would spoil, wherever it stands */
export function toBatches(batch: Batch): WrittenBatches {
  assertBatch(batch);
  return inBatches(batch);
}

function* inBatches({ metrics = [], params = {}, tags = {} }: Batch): WrittenBatches {
  const left = { metrics: [...metrics], params: Object.entries(params), tags: Object.entries(tags) };
  while (left.metrics.length + left.params.length + left.tags.length > 0) {
    const some = { params: left.params.splice(0, MOST.params), tags: left.tags.splice(0, MOST.tags) };
    yield written({
      params: Object.fromEntries(some.params),
      tags: Object.fromEntries(some.tags),
      metrics: left.metrics.splice(0, MOST.together - some.params.length - some.tags.length),
    });
  }
}

/** In order, each written while the one before it, or the run, is on its way: so the server does not wait for us. */
export async function sendBatches(connection: MlflowConnection, run: Promise<string>, batches: WrittenBatches): Promise<void> {
  let [runId, next] = await Promise.all([run, writeNext(batches)]);
  while (next.done !== true) [, next] = await Promise.all([sendBatch(connection, runId, next.value), writeNext(batches)]);
}

/** Not at once: Node hands a request to its socket a tick after it was made. */
async function writeNext(batches: WrittenBatches): Promise<IteratorResult<string, void>> {
  await setImmediate();
  return batches.next();
}
