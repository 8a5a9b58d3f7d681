import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorCodeOf } from '../../pipeline/tracking/mlflow/client/api-error.ts';
import { downloadArtifact, listArtifacts, uploadArtifact } from '../../pipeline/tracking/mlflow/client/artifacts.ts';
import { connectMlflow, type MlflowConnection } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { createOnce } from '../../pipeline/tracking/mlflow/client/create-once.ts';
import { ensureExperiment } from '../../pipeline/tracking/mlflow/client/experiments.ts';
import { logBatch } from '../../pipeline/tracking/mlflow/client/log-batch.ts';
import { logInputs } from '../../pipeline/tracking/mlflow/client/log-inputs.ts';
import { request } from '../../pipeline/tracking/mlflow/client/request.ts';
import { createRun, findRunByTag, getRun, type Run, searchRuns } from '../../pipeline/tracking/mlflow/client/runs.ts';
import { metricHistory } from '../../pipeline/tracking/mlflow/client/metric-history.ts';
import { TOKEN_TAG } from '../../pipeline/tracking/mlflow/apply/token-tag.ts';
import { sendNestedRun } from '../../pipeline/tracking/mlflow/nested-run.ts';
import { startFaultyProxy } from '../../pipeline/tracking/mlflow/testing/faulty-proxy.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;
const START = 1_795_600_000_000;

suite(`the REST client against a stock server${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let connection: MlflowConnection;
  let experimentId: string;
  const newRun = (token: string, via = connection): Promise<Run> =>
    createRun(via, { experimentId, name: token, user: 'mara', startTime: START, tags: { 'sluice.token': token } });

  beforeAll(async () => {
    server = await startTemporaryServer(root);
    connection = connectMlflow(server.uri, { env: {} });
    experimentId = await ensureExperiment(connection, "what's it called");
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('an experiment is made once, however many ask at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => ensureExperiment(connection, 'raced')));
    expect(new Set(ids).size).toBe(1);
  });

  test('pages through runs to the end', async () => {
    const made: string[] = [];
    for (let index = 0; index < 7; index++) made.push((await newRun(`page-${index}`)).runId);
    const found: string[] = [];
    for await (const run of searchRuns(connection, { experimentIds: [experimentId], pageSize: 2 })) found.push(run.runId);
    expect(found.toSorted()).toEqual(made.toSorted());
  });

  describe('a run below a run', () => {
    const nested = (token: string) => ({
      experimentId,
      token,
      name: token,
      user: 'mara',
      parent: null,
      startTime: START,
      endTime: START + 1,
      params: Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`p${at}`, String(at)])),
      metrics: Array.from({ length: 2100 }, (_, at) => ({ name: `m${at % 3}`, value: at / 7, step: Math.floor(at / 3) })),
      tags: { kind: 'trial' },
    });

    test('sent twice is one run with every param and point once, and the tags that it was told last', async () => {
      const runId = await sendNestedRun(connection, nested('nested'));
      expect(await sendNestedRun(connection, { ...nested('nested'), tags: { kind: 'fold' } })).toBe(runId);
      expect(await getRun(connection, runId)).toMatchObject({ status: 'FINISHED', params: nested('').params, tags: { kind: 'fold' } });
      for (const key of ['m0', 'm1', 'm2']) {
        const sent = nested('').metrics.filter(({ name }) => name === key);
        const points: (readonly [step: number, value: number])[] = [];
        for await (const { step, value } of metricHistory(connection, { runId, key })) points.push([step, value]);
        expect(points.toSorted(([a], [b]) => a - b)).toEqual(sent.map(({ step, value }) => [step, value]));
      }
    });

    test.each([
      ['a param of half a character', { params: { p: 'a\uD800' } }, 'param "p" was not sent'],
      ['a tag with a NUL', { tags: { t: '\0' } }, 'tag "t" was not sent'],
      ['a name that MLflow refuses, in the last batch', { metrics: [...nested('').metrics, { name: 'a#b', value: 1, step: 0 }] }, 'a#b'],
    ])('with %s is refused before it is made: nobody would end it', async (name, spoiled, named) => {
      const sending = sendNestedRun(connection, { ...nested(name), ...spoiled });
      await expect(sending).rejects.toMatchObject({ code: 'MLFLOW_REFUSED', message: expect.stringContaining(named) });
      expect(await findRunByTag(connection, experimentId, [TOKEN_TAG, name])).toBeUndefined();
    });
  });

  test('an unchanged batch sent twice adds nothing, and a rewritten param is refused by its code', async () => {
    const { runId } = await newRun('batch');
    const metrics = Array.from({ length: 1000 }, (_, step) => ({ key: 'fold0/valid auc', value: step / 7, timestamp: START, step }));
    for (let times = 0; times < 2; times++) await logBatch(connection, runId, { metrics });
    await logBatch(connection, runId, { params: { eta: '0.1' } });
    const history = await request(connection, {
      method: 'GET',
      path: `/api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=fold0/valid%20auc&max_results=5000`,
    });
    expect(JSON.parse(history.body.toString()).metrics.map((point: { step: number }) => point.step)).toEqual(
      metrics.map(({ step }) => step),
    );
    const rewritten = await logBatch(connection, runId, { params: { eta: '0.2' } }).catch((error: unknown) => error);
    expect(errorCodeOf(rewritten)).toBe('INVALID_PARAMETER_VALUE');
  });

  test.each([
    ['a timestamp that is not whole', { metrics: [{ key: 'a', value: 1, timestamp: START + 0.5, step: 0 }] }, '0.5'],
    ['NaN', { metrics: [{ key: 'a', value: Number.NaN, timestamp: START, step: 0 }] }, 'NaN'],
    ['a step that is not whole', { metrics: [{ key: 'a', value: 1, timestamp: START, step: 1.5 }] }, '1.5'],
    ['a param that MLflow would cut', { params: { long: 'x'.repeat(6001) } }, '6001'],
    ['a tag that MLflow would cut', { tags: { long: 'x'.repeat(8001) } }, '8001'],
    ['a name with a double slash', { params: { 'a//b': '1' } }, 'a//b'],
  ])('%s is refused before it is sent', async (_, batch, named) => {
    await expect(logBatch(connection, 'no-such-run', batch)).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      message: expect.stringContaining(named),
    });
  });

  test('a digest of 64 digits is refused before it is sent', async () => {
    const dataset = { name: 'd', digest: 'a'.repeat(64), context: 'training', source: {}, columns: [], profile: {}, tags: {} };
    await expect(logInputs(connection, 'no-such-run', [dataset])).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      message: expect.stringContaining('64'),
    });
  });

  test('binary, empty, oddly named and large files come back byte for byte', async () => {
    const { runId, artifactUri } = await newRun('files');
    const dir = await mkdtemp(join(tmpdir(), 'sluice-files-'));
    const files = { 'a/empty': Buffer.alloc(0), 'a/déjà vu 100% ?&+:.bin': randomBytes(3000), 'big.bin': randomBytes(8 << 20) };
    for (const [path, bytes] of Object.entries(files)) {
      const [from, to] = [join(dir, 'from'), join(dir, 'to')];
      await writeFile(from, bytes);
      await uploadArtifact(connection, artifactUri, { path, from });
      expect(await downloadArtifact(connection, artifactUri, { path, to })).toBe(true);
      expect(sha256(await readFile(to))).toBe(sha256(bytes));
    }
    expect((await listArtifacts(connection, runId)).find(({ path }) => path === 'big.bin')?.file_size).toBe(8 << 20);
    expect(await downloadArtifact(connection, artifactUri, { path: 'nothing', to: join(dir, 'no') })).toBe(false);
  });

  test('a path that climbs, and a store that the server does not serve, are refused', async () => {
    await expect(
      uploadArtifact(connection, 'mlflow-artifacts:/1/x/artifacts', { path: '../up', from: import.meta.filename }),
    ).rejects.toMatchObject({ code: 'MLFLOW_REFUSED' });
    await expect(uploadArtifact(connection, 's3://bucket/1', { path: 'a', from: import.meta.filename })).rejects.toMatchObject({
      message: expect.stringContaining('s3:'),
      hint: expect.stringContaining('--artifacts-destination'),
    });
  });

  test('a run whose answer was lost is found again, not made twice', async () => {
    await using proxy = await startFaultyProxy(server.uri, (_method, path, count) =>
      path.endsWith('/runs/create') && count === 1 ? { kind: 'drop-reply' } : { kind: 'pass' },
    );
    const via = connectMlflow(proxy.uri, { env: {} });
    const run = await createOnce(via, {
      find: () => findRunByTag(via, experimentId, ['sluice.token', 'lost']),
      create: () => newRun('lost', via),
    });
    expect(proxy.seen.filter((call) => call.endsWith('/runs/create'))).toHaveLength(1);
    const found: string[] = [];
    for await (const each of searchRuns(connection, { experimentIds: [experimentId], filter: "tags.`sluice.token` = 'lost'" }))
      found.push(each.runId);
    expect(found).toEqual([run.runId]);
  });

  test('503, 429 with Retry-After and a lost answer are tried again; a feature that is off is not', async () => {
    const { runId } = await newRun('patience');
    await using proxy = await startFaultyProxy(server.uri, (_method, path, count) => {
      if (path.endsWith('/experiments/get'))
        return { kind: 'answer', status: 500, body: '{"error_code":"FEATURE_DISABLED","message":"off"}' };
      if (count === 1) return { kind: 'answer', status: 503, body: '<html>busy</html>' };
      if (count === 2) return { kind: 'answer', status: 429, headers: { 'retry-after': '1' } };
      return count === 3 ? { kind: 'drop-reply' } : { kind: 'pass' };
    });
    const via = connectMlflow(proxy.uri, { env: {} });
    const started = Date.now();
    await logBatch(via, runId, { metrics: [{ key: 'a', value: 1, timestamp: START, step: 0 }] });
    expect(proxy.seen).toHaveLength(4);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
    await expect(request(via, { method: 'GET', path: '/api/2.0/mlflow/experiments/get?experiment_id=0' })).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      data: { errorCode: 'FEATURE_DISABLED' },
    });
    expect((await getRun(connection, runId))?.startTime).toBe(START);
  });

  test('patience ends in MLFLOW_UNREACHABLE, exit code 7, with the next command', async () => {
    await using proxy = await startFaultyProxy(server.uri, () => ({ kind: 'answer', status: 503 }));
    const via = connectMlflow(proxy.uri, { env: {}, retryForMs: 500 });
    await expect(getRun(via, 'x')).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      message: expect.stringContaining('503'),
      hint: expect.stringContaining('sluice sync'),
    });
  });

  test('plain text, HTML and foreign JSON are typed refusals', async () => {
    const strange = connectMlflow(server.uri, { env: {}, headers: { host: 'mlflow.example:5000' } });
    await expect(getRun(strange, 'x')).rejects.toMatchObject({ code: 'MLFLOW_REFUSED', hint: expect.stringContaining('--allowed-hosts') });
    await expect(request(connection, { method: 'GET', path: '/api/2.0/mlflow/no-such' })).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      data: { status: 404 },
    });
    await using proxy = await startFaultyProxy(server.uri, () => ({ kind: 'answer', status: 200, body: '{"hello":1}' }));
    await expect(getRun(connectMlflow(proxy.uri, { env: {} }), 'x')).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      hint: expect.stringContaining('tracking.uri'),
    });
  });
});

test('credentials are sent, basic before bearer, and never shown', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.headers.authorization);
    outgoing.writeHead(401).end('who are you?');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const uri = `http://ann:s3cret@127.0.0.1:${port}/`;
  const errors = [
    await getRun(connectMlflow(uri, { env: {} }), 'x').catch((error: unknown) => error),
    await getRun(
      connectMlflow(`http://127.0.0.1:${port}`, {
        env: { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 's3cret', MLFLOW_TRACKING_TOKEN: 't0ken' },
      }),
      'x',
    ).catch((error: unknown) => error),
    await getRun(connectMlflow(`http://127.0.0.1:${port}`, { env: { MLFLOW_TRACKING_TOKEN: 't0ken' } }), 'x').catch(
      (error: unknown) => error,
    ),
  ];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const basic = `Basic ${Buffer.from('ann:s3cret').toString('base64')}`;
  expect(seen).toEqual([basic, basic, 'Bearer t0ken']);
  for (const error of errors) {
    expect(error).toMatchObject({ code: 'MLFLOW_REFUSED', hint: expect.stringContaining('MLFLOW_TRACKING_USERNAME') });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/s3cret|t0ken/);
  }
});

test('an address that is not http is a config error that keeps its secret', () => {
  expect(() => connectMlflow('postgresql://ann:s3cret@db/mlflow', { env: {} })).toThrow(/^(?!.*s3cret).*not an http/);
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
