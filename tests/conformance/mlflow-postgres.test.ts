import { readFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { connectMlflow, type MlflowConnection } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { createRun, ensureExperiment, logAll, metricHistory, searchRuns } from '../../pipeline/tracking/mlflow/client/index.ts';
import { getVersionByAlias } from '../../pipeline/tracking/mlflow/client/registered-models.ts';
import { promote, rollback } from '../../pipeline/tracking/mlflow/registry/promote.ts';
import { extraPython } from '../../pipeline/tracking/mlflow/testing/extra-python.ts';
import { type PlainServer, startPlainServer } from '../../pipeline/tracking/mlflow/testing/plain-server.ts';
import { hasPostgres, startPostgres } from '../../serving/decisions/testing/postgres-server.ts';
import registerRun from '../../stages/register/run.ts';
import { register } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld, type WorldOptions } from '../../stages/register/testing/register-world.ts';
import { finalState } from '../faults/mlflow-final-state.ts';

const root = process.cwd();
const python = extraPython(root, ['psycopg2']);
const because =
  (hasPostgres ? undefined : 'no server under /usr/lib/postgresql/15') ??
  (python === undefined ? 'no Python with psycopg2: SLUICE_EXTRA_PYTHON names none' : undefined);
const suite = because === undefined ? describe : describe.skip;

suite(`MLflow on PostgreSQL${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let database: Awaited<ReturnType<typeof startPostgres>>;
  let server: PlainServer;
  let connection: MlflowConnection;

  beforeAll(async () => {
    database = await startPostgres();
    // SQLAlchemy's own choice of a driver differs from release to release.
    const uri = database.uri.replace('postgres:', 'postgresql+psycopg2:');
    server = await startPlainServer({ python: python ?? '', args: ['--backend-store-uri', uri] });
    connection = connectMlflow(server.uri, { env: {} });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  const registerWorld = async (options: WorldOptions) => {
    const world = await makeRegisterWorld(root, options);
    const outbox = join(await mkdtemp(join(tmpdir(), 'sluice-outbox-')), 'outbox');
    const tracking = { uri: server.uri, experiment: 'on postgres', outbox, account: ACCOUNT };
    const { outputs, result } = await runBody(register, registerRun, { inputs: world.inputs, tracking });
    return { ...JSON.parse(await readFile(outputs.registration, 'utf8')), result };
  };

  test('a model is registered once, with its folds, tables and decisions', async () => {
    expect(await registerWorld({ seed: 1 })).toMatchObject({ version: '1', alias: 'champion', result: { confirmed: false } });
    expect(await registerWorld({ seed: 1 })).toMatchObject({ version: '1', result: { confirmed: true } });
    const state = await finalState(connection, { experiment: 'on postgres', model: 'credit-scoring' });
    expect(state.runs.map(({ status, models }) => [status, models])).toEqual([
      ['FINISHED', 1],
      ['FINISHED', 0],
    ]);
    expect(state.decisions).toEqual([{ from: null, to: '1', kind: 'gate', outcome: 'moved' }]);
    expect(Object.keys(state.runs[0]?.files ?? {})).toEqual(
      expect.arrayContaining(['sluice.lock', 'tables/stages.json', 'reports/run.html']),
    );
  });

  test('promote and rollback move the alias, and the trail holds them', async () => {
    expect(await registerWorld({ seed: 2, verdict: 'rejected' })).toMatchObject({ version: '2', alias: 'challenger' });
    const request = { model: 'credit-scoring', alias: 'champion', by: 'a test' };
    await promote(connection, { ...request, version: 'challenger', reason: 'because' });
    expect((await getVersionByAlias(connection, 'credit-scoring', 'champion'))?.version).toBe('2');
    await rollback(connection, { ...request, reason: 'on second thoughts' });
    expect((await getVersionByAlias(connection, 'credit-scoring', 'champion'))?.version).toBe('1');
  });

  test('5,000 metrics, 300 params and a value at every edge come back as they went', async () => {
    const experimentId = await ensureExperiment(connection, 'edges');
    const run = await createRun(connection, {
      experimentId,
      name: 'Ünïcode – “run” 漢字',
      user: 'a test',
      startTime: 1_760_000_000_000,
      tags: {},
    });
    const values = Array.from({ length: 5000 }, (_, step) => (step % 2 === 0 ? 1 : -1) * 10 ** ((step % 600) - 300));
    await logAll(connection, run.runId, {
      metrics: values.map((value, step) => ({ key: 'folder/a name', value, step, timestamp: 1_760_000_000_000 })),
      params: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`param ${index}`, `é ${index}`])),
    });
    const back: number[] = [];
    for await (const { value } of metricHistory(connection, { runId: run.runId, key: 'folder/a name' })) back.push(value);
    expect(back).toEqual(values);
    for await (const found of searchRuns(connection, { experimentIds: [experimentId] })) {
      expect(found.name).toBe('Ünïcode – “run” 漢字');
      expect(Object.keys(found.params)).toHaveLength(300);
    }
  });
});
