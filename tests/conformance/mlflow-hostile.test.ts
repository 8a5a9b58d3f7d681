import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { mlflow } from '../../pipeline/index.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';
import registerRun from '../../stages/register/run.ts';
import { register } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld } from '../../stages/register/testing/register-world.ts';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;
const START = 1_795_600_000_000;
const report = z.object({
  experiment: z.string(),
  info: z.tuple([z.string(), z.string(), z.number(), z.number(), z.string()]),
  params: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  last: z.record(z.string(), z.number()),
  series: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.number()]))),
  datasets: z.array(z.tuple([z.string(), z.string(), z.string(), z.string(), z.record(z.string(), z.unknown())])),
  files: z.record(z.string(), z.tuple([z.number(), z.string()])),
});
const EXPERIMENT = 'crédit/“scoring” 漢字 #1 100%';

suite(`what is written under any name, as MLflow’s Python client reads it${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let connection: mlflow.MlflowConnection;
  let runId: string;
  let seen: z.infer<typeof report>;

  const steps = Array.from({ length: 5000 }, (_, step) => [step, step / 3 - 800, START + (step % 4)] as const);
  const params = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`größe/${at % 7} p.${at}`, at === 0 ? '' : `${at} – “é” 漢字 🎉`]),
  );
  const tags = {
    'with space': 'café ☕\nsecond line',
    Übung: '🎉'.repeat(8000),
    ...Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`t/${at}`, `${at}`])),
  };
  const files: Readonly<Record<string, Uint8Array>> = {
    empty: new Uint8Array(),
    'a b/c é;’.txt': new TextEncoder().encode('ä'),
    // Python's own `runs:/` cuts a path at a question mark.
    '漢字/🎉 100% &+:.bin': randomBytes(3000),
    '.hidden/*|<>~': randomBytes(10),
    [`${'n'.repeat(251)}.bin`]: randomBytes(1 << 20),
  };

  beforeAll(async () => {
    server = await startTemporaryServer(root);
    connection = mlflow.connectMlflow(server.uri, { env: {} });
    const experimentId = await mlflow.ensureExperiment(connection, EXPERIMENT);
    const run = await mlflow.createRun(connection, { experimentId, name: 'Lauf 漢字 🎉', user: 'mära', startTime: START, tags: {} });
    runId = run.runId;
    const points = steps.map(([step, value, timestamp]) => ({ key: 'größe/fold 0: auc', value, step, timestamp }));
    const edges = [5e-324, -1.797_693_134_862_315_7e308, 0.1 + 0.2].map((value, step) => ({ key: 'édge', value, step, timestamp: 0 }));
    await mlflow.logAll(connection, runId, { metrics: [...points, ...edges], params, tags });
    const dataset = { digest: 'a'.repeat(36), columns: [{ name: 'é', type: 'double' }], profile: { num_rows: 3 }, tags: {} };
    await mlflow.logInputs(connection, runId, [
      { ...dataset, name: 'books/é 漢', context: 'training', source: { uri: 'data/é.parquet' } },
      { ...dataset, name: 'holdout', context: 'validation', source: { uri: '/data/h.parquet' } },
    ]);
    const dir = await mkdtemp(join(tmpdir(), 'sluice-hostile-'));
    for (const [path, bytes] of Object.entries(files)) {
      await writeFile(join(dir, 'it'), bytes);
      await mlflow.uploadArtifact(connection, run.artifactUri, { path, from: join(dir, 'it') });
    }
    await mlflow.updateRun(connection, runId, { status: 'FINISHED', endTime: START + 7 });
    const { stdout } = await promisify(execFile)(
      join(root, '.venv/bin/python'),
      [join(root, 'tests/conformance/mlflow-reader.py'), server.uri, runId],
      { maxBuffer: 1 << 26 },
    );
    seen = report.parse(JSON.parse(stdout));
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('the run, its experiment, 1,000 params and 122 tags', () => {
    expect(seen.experiment).toBe(EXPERIMENT);
    expect(seen.info).toEqual(['Lauf 漢字 🎉', 'mära', START, START + 7, 'FINISHED']);
    expect(seen.params).toEqual(params);
    expect(seen.tags).toMatchObject(tags);
  });

  test('5,000 points of a series, none lost, none twice, in the order of their steps; numbers at the edge of what there is', () => {
    expect((seen.series['größe/fold 0: auc'] ?? []).toSorted(([a], [b]) => a - b)).toEqual(steps);
    expect(seen.series['édge']?.map(([, value]) => value)).toEqual([5e-324, -1.797_693_134_862_315_7e308, 0.1 + 0.2]);
    expect(seen.last['größe/fold 0: auc']).toBe(4999 / 3 - 800);
  });

  test('datasets lead to their source', () => {
    expect(seen.datasets.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['books/é 漢', 'a'.repeat(36), 'training', 'LocalArtifactDatasetSource', { uri: 'data/é.parquet' }],
      ['holdout', 'a'.repeat(36), 'validation', 'LocalArtifactDatasetSource', { uri: '/data/h.parquet' }],
    ]);
  });

  test('files, byte for byte', () => {
    const digests = Object.entries(files).map(([path, bytes]) => [path, [bytes.length, createHash('sha256').update(bytes).digest('hex')]]);
    expect(seen.files).toEqual(Object.fromEntries(digests));
  });

  test.each([
    ['half of a pair of surrogates', { params: { p: 'a\uD800b' } }, 'U+D800'],
    ['a NUL', { tags: { t: 'a\0b' } }, 'NUL'],
    ['a name with a symbol', { tags: { '🎉': '' } }, '🎉'],
    ['a param that is one character too long', { params: { p: '🎉'.repeat(6001) } }, '6001'],
  ])('%s is refused before it is sent: MLflow would lose it, or PostgreSQL could not keep it', async (_, batch, named) => {
    await expect(mlflow.logBatch(connection, runId, batch)).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      message: expect.stringContaining(named),
    });
    // Written with a backslash, as text, it is harmless.
    await mlflow.logBatch(connection, runId, { tags: { written: String.raw`\ud800 \u0000` } });
  });

  test.each(['a%2Fb', 'a\nb', 'é'.repeat(128), 'a/../b', 'a#b'])('the artifact path %j is refused before it is sent', async (path) => {
    await expect(mlflow.uploadText(connection, 'mlflow-artifacts:/1/x/artifacts', { path, text: '' })).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      message: expect.stringContaining('cannot stand in a path'),
    });
  });

  test('one dataset for two purposes is refused: MLflow would keep the first alone', async () => {
    const dataset = { name: 'd', digest: '1', source: {}, columns: [], profile: {}, tags: {} };
    const twice = ['training', 'validation'].map((context) => ({ ...dataset, context }));
    await expect(mlflow.logInputs(connection, runId, twice)).rejects.toMatchObject({ message: expect.stringContaining('validation') });
  });

  test('a model whose name has dots, quotes and blanks is registered, confirmed and found', async () => {
    const world = await makeRegisterWorld(root);
    const name = "risk's é v1.2 100%";
    const tracking = { uri: server.uri, experiment: EXPERIMENT, outbox: server.outbox, account: ACCOUNT };
    const once = () => runBody(register, registerRun, { inputs: world.inputs, params: { modelName: name }, tracking });
    expect((await once()).result).toMatchObject({ confirmed: false });
    expect((await once()).result).toMatchObject({ confirmed: true });
    expect(await mlflow.getVersionByAlias(connection, name, 'champion')).toMatchObject({ version: '1' });
  });
});
