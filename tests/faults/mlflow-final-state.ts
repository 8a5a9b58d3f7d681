import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { downloadStream, listArtifacts, walkArtifacts } from '../../pipeline/tracking/mlflow/client/artifacts.ts';
import type { MlflowConnection } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { findExperiment } from '../../pipeline/tracking/mlflow/client/experiments.ts';
import { searchLoggedModels } from '../../pipeline/tracking/mlflow/client/logged-models.ts';
import { metricHistory } from '../../pipeline/tracking/mlflow/client/metric-history.ts';
import { searchVersions } from '../../pipeline/tracking/mlflow/client/model-versions.ts';
import { getRegisteredModel } from '../../pipeline/tracking/mlflow/client/registered-models.ts';
import { type Run, searchRuns } from '../../pipeline/tracking/mlflow/client/runs.ts';
import { readDecisions } from '../../pipeline/tracking/mlflow/registry/decision.ts';

/**
 * All that a server holds of an experiment and a registered model, without what differs by nature: ids, and times relative to the run's start.
 * Two registrations of the same model came to the same end where this is equal.
 */
export async function finalState(
  connection: MlflowConnection,
  { experiment, model }: { readonly experiment: string; readonly model: string },
) {
  const experimentId = (await findExperiment(connection, experiment))?.experiment_id ?? '';
  const runs: Run[] = [];
  for await (const run of searchRuns(connection, { experimentIds: [experimentId] })) runs.push(run);
  const models: unknown[] = [];
  for await (const { name, status, tags } of searchLoggedModels(connection, { experimentIds: [experimentId] }))
    models.push({ name: name.replace(model, 'MODEL'), status, versions: tags['mlflow.modelVersions']?.replace(model, 'MODEL') });
  const registered = await getRegisteredModel(connection, model);
  const versions: { readonly version: string; readonly alias: string | undefined; readonly tags: string; readonly ofRun: boolean }[] = [];
  for await (const { version, tags, runId } of searchVersions(connection, { filter: `name = '${model}'` }))
    versions.push({
      version,
      alias: tags['sluice.registered_as'],
      tags: Object.keys(tags).toSorted().join(' '),
      ofRun: runs.some((run) => run.runId === runId),
    });
  return {
    runs: (await Promise.all(runs.map((run) => describe(connection, run, model)))).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    models,
    aliases: registered?.aliases ?? {},
    versions,
    decisions: (await readDecisions(connection, model, 'champion')).map(({ from, to, outcome, kind }) => ({ from, to, outcome, kind })),
  };
}

async function describe(connection: MlflowConnection, run: Run, model: string) {
  const { runId, status, params, tags, datasets, modelIds, startTime } = run;
  const series: Record<string, string> = {};
  for (const key of Object.keys(run.metrics).toSorted()) {
    const points: string[] = [];
    for await (const { value, step, timestamp } of metricHistory(connection, { runId, key }))
      points.push(`${step} ${value} ${timestamp - startTime > 1 ? 'later' : 'start'}`);
    series[key] = `${points.length} ${digest(points.join('\n'))}`;
  }
  const files: Record<string, string> = {};
  for await (const { path, file_size: bytes = 0 } of walkArtifacts(connection, runId))
    // The summary of a run names its registered model in places; decisions hold times.
    files[path.replaceAll(/\d{15}-gate-\d+/g, 'GATE')] = path.startsWith('decisions/')
      ? 'a decision'
      : `${bytes} ${await sha256(connection, run, path)}`;
  const own = new Set(['mlflow.note.content', 'sluice.token', 'sluice.key', 'mlflow.parentRunId', 'mlflow.runName']);
  return {
    name: run.name.replace(model, 'MODEL'),
    status,
    params,
    tags: Object.fromEntries(Object.entries(tags).filter(([name]) => !own.has(name))),
    series,
    datasets: datasets.map(({ name, digest: sum, context }) => `${name} ${sum} ${context}`),
    models: modelIds.length,
    files,
    folders: (await listArtifacts(connection, runId)).filter(({ is_dir: isFolder }) => isFolder).length,
  };
}

async function sha256(connection: MlflowConnection, run: Run, path: string): Promise<string> {
  const hash = createHash('sha256');
  const to = new Writable({
    write(chunk: Uint8Array, _, done) {
      hash.update(chunk);
      done();
    },
  });
  await downloadStream(connection, run.artifactUri, { path, to });
  return hash.digest('hex').slice(0, 16);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
