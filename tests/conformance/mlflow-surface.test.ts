import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mlflow } from '../../pipeline/index.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;
const START = 1_795_600_000_000;
/** MiB of the large artifact; SLUICE_LARGE_ARTIFACT_MB=500 for the size that the memory is promised for. */
const LARGE = Number(process.env['SLUICE_LARGE_ARTIFACT_MB'] ?? 64);

suite(`all of MLflow's API that is exported, against a stock server${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let connection: mlflow.MlflowConnection;
  let experimentId: string;
  const newRun = (name: string): Promise<mlflow.Run> =>
    mlflow.createRun(connection, { experimentId, name, user: 'mara', startTime: START, tags: {} });
  const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
    const found: T[] = [];
    for await (const entry of list) found.push(entry);
    return found;
  };

  beforeAll(async () => {
    server = await startTemporaryServer(root);
    connection = mlflow.connectMlflow(server.uri, { env: {} });
    experimentId = await mlflow.ensureExperiment(connection, 'surface');
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('experiments are listed page by page, renamed, tagged, deleted and restored', async () => {
    const ids: string[] = [];
    for (const name of ['list a', 'list/b', 'list é']) ids.push(await mlflow.ensureExperiment(connection, name));
    await mlflow.renameExperiment(connection, ids[0] ?? '', 'list z');
    await mlflow.setExperimentTag(connection, ids[1] ?? '', ['team', 'risk']);
    const search = { filter: "name LIKE 'list%'", pageSize: 1 };
    const names = (await all(mlflow.searchExperiments(connection, search))).map(({ name }) => name);
    expect(names).toHaveLength(3);
    expect(new Set(names)).toEqual(new Set(['list z', 'list/b', 'list é']));
    expect((await mlflow.findExperiment(connection, 'list/b'))?.tags).toMatchObject({ team: 'risk' });
    await mlflow.deleteExperiment(connection, ids[2] ?? '');
    expect(await all(mlflow.searchExperiments(connection, search))).toHaveLength(2);
    expect(await all(mlflow.searchExperiments(connection, { ...search, view: 'DELETED_ONLY' }))).toMatchObject([{ name: 'list é' }]);
    await mlflow.restoreExperiment(connection, ids[2] ?? '');
    expect(await all(mlflow.searchExperiments(connection, search))).toHaveLength(3);
  });

  test('5,000 points and 1,000 params are sent in batches and come back, page by page', async () => {
    const { runId } = await newRun('many');
    const metrics = Array.from({ length: 5000 }, (_, step) => ({
      key: 'auc/fold',
      value: step / 3,
      timestamp: START,
      step,
    }));
    const params = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`group ${at % 7}/p${at}`, String(at)]));
    await mlflow.logAll(connection, runId, { metrics, params, tags: { 'with space': 'café ☕' } });
    const points = await all(mlflow.metricHistory(connection, { runId, key: 'auc/fold', pageSize: 1500 }));
    expect(points.map(({ step, value }) => [step, value])).toEqual(metrics.map(({ step, value }) => [step, value]));
    const run = await mlflow.getRun(connection, runId);
    expect(run?.params).toEqual(params);
    expect(run?.metrics).toEqual({ 'auc/fold': 4999 / 3 });
    expect(run?.tags['with space']).toBe('café ☕');
  });

  test('runs are ordered, filtered, renamed, deleted and restored, and lose a tag', async () => {
    const made = [await newRun('one'), await newRun('two')];
    for (const [at, { runId }] of made.entries())
      await mlflow.logBatch(connection, runId, {
        metrics: [{ key: 'rank', value: at, timestamp: START, step: 0 }],
        tags: { gone: 'soon' },
      });
    const search = { experimentIds: [experimentId], filter: 'metrics.rank >= 0', orderBy: ['metrics.rank DESC'], pageSize: 1 };
    expect((await all(mlflow.searchRuns(connection, search))).map(({ name }) => name)).toEqual(['two', 'one']);
    const { runId = '' } = made[0] ?? {};
    await mlflow.updateRun(connection, runId, { name: 'uno', status: 'KILLED', endTime: START + 5 });
    for (let times = 0; times < 2; times++) await mlflow.deleteRunTag(connection, runId, 'gone');
    expect(await mlflow.getRun(connection, runId)).toMatchObject({ name: 'uno', status: 'KILLED' });
    expect((await mlflow.getRun(connection, runId))?.tags).not.toHaveProperty('gone');
    await mlflow.deleteRun(connection, runId);
    expect(await all(mlflow.searchRuns(connection, search))).toHaveLength(1);
    expect(await all(mlflow.searchRuns(connection, { ...search, view: 'DELETED_ONLY' }))).toMatchObject([{ runId }]);
    await mlflow.restoreRun(connection, runId);
    expect(await all(mlflow.searchRuns(connection, search))).toHaveLength(2);
  });

  test('datasets come back with what they were used for', async () => {
    const { runId } = await newRun('data');
    const dataset = { digest: 'a'.repeat(36), source: {}, columns: [], profile: {}, tags: { 'sluice.sha256': 'b'.repeat(64) } };
    await mlflow.logInputs(connection, runId, [
      { ...dataset, name: 'train', context: 'training' },
      { ...dataset, name: 'hold', context: 'validation' },
    ]);
    expect((await mlflow.getRun(connection, runId))?.datasets.map(({ name, context }) => [name, context]).toSorted()).toEqual([
      ['hold', 'validation'],
      ['train', 'training'],
    ]);
  });

  test('models, versions, aliases and tags come and go', async () => {
    const { runId } = await newRun('registry');
    const model = await mlflow.createLoggedModel(connection, { experimentId, runId, name: 'm', type: 'x', params: {}, tags: { a: '1' } });
    await mlflow.setLoggedModelTags(connection, model.modelId, { b: 'é' });
    for (let times = 0; times < 2; times++) await mlflow.deleteLoggedModelTag(connection, model.modelId, 'a').catch(() => undefined);
    await mlflow.setLoggedModelStatus(connection, model.modelId, 'LOGGED_MODEL_READY');
    expect(await mlflow.getLoggedModel(connection, model.modelId)).toMatchObject({
      name: 'm',
      status: 'LOGGED_MODEL_READY',
      tags: { b: 'é' },
    });
    for (const name of ['scores é', 'scores b']) await mlflow.ensureRegisteredModel(connection, name, 'first');
    const version = { name: 'scores é', modelId: model.modelId, runId, description: '', tags: { keep: '1', drop: '2' } };
    const made = [await mlflow.createVersion(connection, version), await mlflow.createVersion(connection, version)];
    await mlflow.describeRegisteredModel(connection, 'scores é', 'second');
    await mlflow.setRegisteredModelTag(connection, 'scores é', ['owner', 'risk']);
    await mlflow.setAlias(connection, 'scores é', { alias: 'champion', version: '1' });
    expect(await mlflow.getRegisteredModel(connection, 'scores é')).toMatchObject({
      description: 'second',
      tags: { owner: 'risk' },
      aliases: { champion: '1' },
    });
    expect((await all(mlflow.searchRegisteredModels(connection, { pageSize: 1 }))).map(({ name }) => name)).toEqual([
      'scores b',
      'scores é',
    ]);
    expect(made.map((each) => each.version)).toEqual(['1', '2']);
    expect(await all(mlflow.searchVersions(connection, { filter: "name = 'scores é'", pageSize: 1 }))).toHaveLength(2);
    for (let times = 0; times < 2; times++) {
      await mlflow.deleteVersionTag(connection, { name: 'scores é', version: '1' }, 'drop');
      await mlflow.deleteAlias(connection, 'scores é', 'champion');
      await mlflow.deleteRegisteredModelTag(connection, 'scores é', 'owner');
      await mlflow.deleteVersion(connection, { name: 'scores é', version: '2' });
    }
    expect(await mlflow.getVersion(connection, 'scores é', '1')).toMatchObject({ tags: { keep: '1' }, aliases: [] });
    expect(await mlflow.getVersion(connection, 'scores é', '2')).toBeUndefined();
    await mlflow.renameRegisteredModel(connection, 'scores b', 'scores c');
    await mlflow.deleteRegisteredModel(connection, 'scores c');
    expect(await mlflow.getRegisteredModel(connection, 'scores c')).toBeUndefined();
    expect(await mlflow.getVersionByAlias(connection, 'scores é', 'champion')).toBeUndefined();
  });

  test.each(['latest', 'v7', 'a b', ''])('the alias "%s" is refused before it is sent', async (alias) => {
    await expect(mlflow.setAlias(connection, 'none', { alias, version: '1' })).rejects.toMatchObject({ code: 'MLFLOW_REFUSED' });
  });

  test('webhooks are made, changed, listed and deleted', async () => {
    const hook = { url: 'https://1.1.1.1/hook', events: ['model_version_alias.created'], status: 'DISABLED' } as const;
    const made = await mlflow.createWebhook(connection, { ...hook, name: 'first' });
    const other = await mlflow.createWebhook(connection, {
      ...hook,
      name: 'second',
      events: ['model_version.created', 'model_version_tag.set'],
    });
    expect(made).toMatchObject({ name: 'first', status: 'DISABLED', events: ['model_version_alias.created'] });
    expect((await all(mlflow.listWebhooks(connection, 1))).map(({ webhookId }) => webhookId).toSorted()).toEqual(
      [made.webhookId, other.webhookId].toSorted(),
    );
    expect(await mlflow.updateWebhook(connection, made.webhookId, { description: 'told of champions' })).toMatchObject({
      name: 'first',
      description: 'told of champions',
      status: 'DISABLED',
    });
    await mlflow.deleteWebhook(connection, made.webhookId);
    expect(await mlflow.getWebhook(connection, made.webhookId)).toBeUndefined();
    expect(await mlflow.getWebhook(connection, other.webhookId)).toMatchObject({
      events: ['model_version.created', 'model_version_tag.set'],
    });
    await expect(mlflow.createWebhook(connection, { ...hook, name: 'plain', url: 'http://x/?token=s3cret' })).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      message: expect.not.stringContaining('s3cret'),
    });
  });

  test(`${LARGE} MiB stream up and down with flat memory; files are listed and deleted`, async () => {
    const { runId, artifactUri } = await newRun('stream');
    const [block, sums] = [randomBytes(1 << 20), [createHash('sha256'), createHash('sha256')] as const];
    const most = { rss: 0 };
    const watch = (): void => void (most.rss = Math.max(most.rss, process.memoryUsage.rss()));
    const before = process.memoryUsage.rss();
    const from = Readable.from(
      (function* blocks() {
        for (let at = 0; at < LARGE; at++) {
          block.writeUInt32LE(at);
          sums[0].update(block);
          watch();
          yield Buffer.from(block);
        }
      })(),
    );
    await mlflow.uploadStream(connection, artifactUri, { path: 'big/über file.bin', from, bytes: LARGE * 2 ** 20 });
    const to = new Writable({
      write(chunk: Buffer, _, done) {
        sums[1].update(chunk);
        watch();
        done();
      },
    });
    expect(await mlflow.downloadStream(connection, artifactUri, { path: 'big/über file.bin', to })).toBe(true);
    expect(sums[1].digest('hex')).toBe(sums[0].digest('hex'));
    // Blocks wait for the garbage collector, whatever the size of the file; the whole of it would not fit in here.
    if (LARGE >= 256) expect(most.rss - before).toBeLessThan(200 << 20);
    const small = join(await mkdtemp(join(tmpdir(), 'sluice-small-')), 'small');
    await writeFile(small, 'x');
    await mlflow.uploadArtifact(connection, artifactUri, { path: 'small', from: small });
    const sizes = (await all(mlflow.walkArtifacts(connection, runId))).map(({ path, file_size: size }) => [path, size] as const);
    expect(Object.fromEntries(sizes)).toEqual({ 'big/über file.bin': LARGE * 2 ** 20, small: 1 });
    for (let times = 0; times < 2; times++) await mlflow.deleteArtifact(connection, artifactUri, 'big');
    expect((await mlflow.listArtifacts(connection, runId)).map(({ path }) => path)).toEqual(['small']);
  });

  test('a stream that is shorter than it was said to be leaves nothing behind', async () => {
    const { runId, artifactUri } = await newRun('short');
    await expect(
      mlflow.uploadStream(connection, artifactUri, { path: 'half', from: Readable.from([Buffer.alloc(10)]), bytes: 20 }),
    ).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(await mlflow.listArtifacts(connection, runId)).toEqual([]);
  });
});
