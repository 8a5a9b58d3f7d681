import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TrackingTarget } from '../../pipeline/index.ts';
import { freePort } from '../../pipeline/testing/free-port.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { connectMlflow } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { findExperiment } from '../../pipeline/tracking/mlflow/client/experiments.ts';
import { findVersions, type ModelVersion } from '../../pipeline/tracking/mlflow/client/model-versions.ts';
import { getVersionByAlias } from '../../pipeline/tracking/mlflow/client/registered-models.ts';
import { request } from '../../pipeline/tracking/mlflow/client/request.ts';
import { getRun, type Run, searchRuns } from '../../pipeline/tracking/mlflow/client/runs.ts';
import { NO_SERVER, pendingJournals, syncOutbox } from '../../pipeline/tracking/mlflow/index.ts';
import { readDecisions } from '../../pipeline/tracking/mlflow/registry/decision.ts';
import { startFaultyProxy } from '../../pipeline/tracking/mlflow/testing/faulty-proxy.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';
import fetchChampion from '../../stages/champion/run.ts';
import { champion } from '../../stages/champion/stage.ts';
import registerRun from '../../stages/register/run.ts';
import { register } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld, type RegisterWorld } from '../../stages/register/testing/register-world.ts';

/** A dead server is given up after three tries here, not after 20 s. */
process.env['MLFLOW_HTTP_REQUEST_MAX_RETRIES'] = '2';
process.env['MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR'] = '0.03';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;

suite(`a registration whose server fails${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let uri: string;

  beforeAll(async () => {
    server = await startTemporaryServer(root);
    uri = server.uri;
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const newOutbox = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'sluice-outbox-')), 'outbox');
  const registerAt = async (world: RegisterWorld, to: TrackingTarget) => {
    const { outputs, result, events } = await runBody(register, registerRun, { inputs: world.inputs, tracking: to });
    return {
      registration: JSON.parse(await readFile(outputs.registration, 'utf8')),
      result,
      warnings: events.filter((event) => event.type === 'stage.log' && event.level === 'warn'),
    };
  };
  /** What is on the server for an experiment: to compare a troubled registration with an untroubled one. */
  const finalState = async (experiment: string) => {
    const connection = connectMlflow(uri, { env: {} });
    const id = (await findExperiment(connection, experiment))?.experiment_id ?? '';
    const runs: Run[] = [];
    for await (const run of searchRuns(connection, { experimentIds: [id] })) if (run.tags['sluice.fold'] === undefined) runs.push(run);
    const key = runs[0]?.tags['sluice.key'] ?? '';
    const versions: readonly ModelVersion[] = await findVersions(connection, 'credit-scoring', ['sluice.key', key]);
    const history = await request(connection, {
      method: 'GET',
      path: `/api/2.0/mlflow/metrics/get-history?run_id=${runs[0]?.runId ?? ''}&metric_key=fold0_valid_auc&max_results=5000`,
    });
    const points: { step: number }[] = JSON.parse(history.body.toString()).metrics;
    return {
      runs: runs.map((run) => [run.status, run.modelIds.length]),
      versions: versions.map((version) => [version.runId === runs[0]?.runId, version.tags['sluice.registered_as']]),
      steps: points.map(({ step }) => step),
    };
  };
  const untroubled = (alias: string) => ({
    runs: [['FINISHED', 1]],
    versions: [[true, alias]],
    steps: Array.from({ length: 300 }, (_, index) => index + 1),
  });

  test('with every first answer of the API lost, there is still one run, one model, one version', async () => {
    await using proxy = await startFaultyProxy(uri, (_method, path, count) =>
      count === 1 && (!path.includes('/artifacts/') || path.endsWith('model.ubj')) ? { kind: 'drop-reply' } : { kind: 'pass' },
    );
    const world = await makeRegisterWorld(root, { seed: 11 });
    await registerAt(world, { uri: proxy.uri, outbox: await newOutbox(), experiment: 'lost answers' });
    expect(await finalState('lost answers')).toEqual(untroubled('champion'));
    // The run and its fold.
    expect(proxy.seen.filter((call) => call.endsWith('runs/create'))).toHaveLength(2);
    expect(proxy.seen.filter((call) => call.endsWith('model-versions/create'))).toHaveLength(1);
  });

  test('a server that is away: exit code 7, everything kept, and sync brings it to the same end', async () => {
    const outbox = await newOutbox();
    const world = await makeRegisterWorld(root, { seed: 12, champion: { state: 'unknown', reason: 'away' } });
    const away = { uri: await nobodysUri(), outbox, experiment: 'away', account: ACCOUNT };
    await expect(registerAt(world, away)).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      hint: expect.stringContaining('sluice sync'),
    });
    await expect(syncOutbox({ outbox, uri: away.uri, env: {}, retryForMs: 200 })).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(await pendingJournals(outbox)).toHaveLength(1);
    const events: string[] = [];
    expect(await syncOutbox({ outbox, uri, env: {}, onEvent: (event) => events.push(event.type) })).toEqual({ sent: 1, remaining: 0 });
    expect(events[0]).toBe('sync.started');
    expect(events.at(-1)).toBe('sync.finished');
    // Nobody was asked whether there is a champion, and there is one by now: it keeps its place.
    expect(await finalState('away')).toEqual(untroubled('challenger'));
    expect(await readdir(outbox)).toEqual([]);
    expect(await syncOutbox({ outbox, uri, env: {} })).toEqual({ sent: 0, remaining: 0 });
  });

  test('a model judged while the server was away is judged again when it is back, in the same run and version', async () => {
    const outbox = await newOutbox();
    const world = await makeRegisterWorld(root, {
      seed: 12,
      champion: { state: 'known', model: 'credit-scoring', version: '1', modelSha256: '' },
    });
    // Settings that made no other model may have changed meanwhile: MLflow keeps the params that it has.
    const account = { ...ACCOUNT, config: { ...ACCOUNT.config, gate: { minAuc: 0.6 }, source: { kind: 'csv' } } };
    const { registration, result, warnings } = await registerAt(world, { uri, outbox, experiment: 'away', account });
    expect(registration).toMatchObject({ version: '2', alias: 'champion' });
    expect(JSON.stringify(warnings)).toContain('source.kind synthetic, now csv');
    const run = await getRun(connectMlflow(uri, { env: {} }), registration.runId);
    expect(run?.params).toMatchObject({ 'source.kind': 'synthetic', 'gate.minAuc': '0.6' });
    expect(result).toEqual({ confirmed: false });
    expect(await finalState('away')).toEqual(untroubled('champion'));
    const connection = connectMlflow(uri, { env: {} });
    expect((await getVersionByAlias(connection, 'credit-scoring', 'champion'))?.version).toBe('2');
    expect(await getVersionByAlias(connection, 'credit-scoring', 'challenger')).toBeUndefined();
    // Each move of the gate is on record once, whatever was lost on the way.
    const trail = await readDecisions(connection, 'credit-scoring', 'champion');
    expect(trail.map(({ from, to, kind, outcome }) => [from, to, kind, outcome])).toEqual([
      [null, '1', 'gate', 'moved'],
      ['1', '2', 'gate', 'moved'],
    ]);
    expect((await registerAt(world, { uri, outbox, experiment: 'away' })).result).toEqual({ confirmed: true });
  });

  test('the champion stage goes on without a server, and says so', async () => {
    const { inputs } = await makeRegisterWorld(root, { seed: 12 });
    const { outputs, events } = await runBody(champion, fetchChampion, {
      inputs: {
        model: inputs['model'] ?? '',
        calibrator: inputs['calibrator'] ?? '',
        decision: inputs['decision'] ?? '',
        rules: 'configs/gates',
      },
      tracking: { uri: await nobodysUri(), outbox: await newOutbox(), experiment: 'away' },
    });
    expect(JSON.parse(await readFile(outputs.status, 'utf8'))).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('could not be reached'),
    });
    expect(events.filter((event) => event.type === 'stage.log' && event.level === 'warn')).toHaveLength(1);
  });

  test('where there is none at all nobody waits for it: everything is kept, and sync brings it to the same end', async () => {
    expect(connectMlflow(NO_SERVER).maxTries).toBe(1);
    const [world, outbox] = [await makeRegisterWorld(root, { seed: 21 }), await newOutbox()];
    await expect(registerAt(world, { uri: NO_SERVER, outbox, experiment: 'none' })).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
      message: 'there is no MLflow server',
      hint: expect.stringContaining('sluice sync'),
    });
    expect(await syncOutbox({ outbox, uri })).toEqual({ sent: 1, remaining: 0 });
    expect((await finalState('none')).runs).toEqual([['FINISHED', 1]]);
  });

  test('a server that goes away in the middle, and a torn journal line: sync completes the same run', async () => {
    const outbox = await newOutbox();
    const world = await makeRegisterWorld(root, { seed: 13, verdict: 'rejected' });
    let isAway = false;
    await using proxy = await startFaultyProxy(uri, (_method, path) => {
      isAway ||= path.endsWith('model_card.md');
      return isAway ? { kind: 'answer', status: 502, body: 'bad gateway' } : { kind: 'pass' };
    });
    await expect(registerAt(world, { uri: proxy.uri, outbox, experiment: 'torn' })).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    const [journal = ''] = await pendingJournals(outbox);
    expect((await readFile(journal, 'utf8')).split('\n').filter((line) => line.includes('"ack"')).length).toBeGreaterThan(5);
    await appendFile(journal, '{"type":"ack","ind');
    expect(await syncOutbox({ outbox, uri, env: {} })).toEqual({ sent: 1, remaining: 0 });
    expect(await finalState('torn')).toEqual(untroubled('challenger'));
    expect((await registerAt(world, { uri, outbox, experiment: 'torn' })).result).toEqual({ confirmed: true });
  });

  test('a journal of a server that was set up anew is sent from its beginning', async () => {
    const outbox = await newOutbox();
    const world = await makeRegisterWorld(root, { seed: 14, verdict: 'rejected' });
    await using proxy = await startFaultyProxy(uri, (_method, path) =>
      path.endsWith('model_card.md')
        ? { kind: 'answer', status: 400, body: '{"error_code":"BAD_REQUEST","message":"no"}' }
        : { kind: 'pass' },
    );
    await expect(registerAt(world, { uri: proxy.uri, outbox, experiment: 'anew' })).rejects.toMatchObject({ code: 'MLFLOW_REFUSED' });
    const [journal = ''] = await pendingJournals(outbox);
    const text = await readFile(journal, 'utf8');
    await writeFile(journal, text.replaceAll(/"runId":"[0-9a-f]{32}"/g, `"runId":"${'0'.repeat(32)}"`));
    const { registration, warnings } = await registerAt(world, { uri, outbox, experiment: 'anew' });
    expect(registration.runId).not.toBe('0'.repeat(32));
    expect(JSON.stringify(warnings)).toContain('no longer on the server');
    expect(await finalState('anew')).toEqual(untroubled('challenger'));
  });

  test('a damaged journal is named, with what to do', async () => {
    const outbox = await newOutbox();
    await expect(
      registerAt(await makeRegisterWorld(root, { seed: 15 }), { uri: await nobodysUri(), outbox, experiment: 'x' }),
    ).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    const [journal = ''] = await pendingJournals(outbox);
    const text = await readFile(journal, 'utf8');
    await writeFile(journal, text.replace(/.*"model.ready".*\n/, ''));
    await expect(syncOutbox({ outbox, uri, env: {} })).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringContaining(journal),
      hint: expect.stringContaining('sluice run'),
    });
  });

  test('a file of a journal that was changed, or is gone, is not sent; without its journal the next run brings it to the same end', async () => {
    const [outbox, world] = [await newOutbox(), await makeRegisterWorld(root, { seed: 17 })];
    await expect(registerAt(world, { uri: await nobodysUri(), outbox, experiment: 'spoiled' })).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
    });
    const [journal = ''] = await pendingJournals(outbox);
    const files = journal.replace('.journal.ndjson', '');
    const damaged = (file: string) => ({
      code: 'STORE_CORRUPT',
      message: expect.stringMatching(new RegExp(`${basename(journal)}.*${file}`)),
      hint: expect.stringContaining('Delete it and run'),
    });
    // Not in place: the file may be the very one that lies in the store.
    await rm(join(files, 'model/model.ubj'));
    await expect(syncOutbox({ outbox, uri, env: {} })).rejects.toMatchObject(damaged('model.ubj cannot be read'));
    await writeFile(join(files, 'model/model.ubj'), 'another model');
    await expect(syncOutbox({ outbox, uri, env: {} })).rejects.toMatchObject(damaged('model.ubj is not what was stored'));
    await rm(journal);
    await registerAt(world, { uri, outbox, experiment: 'spoiled' });
    expect(await finalState('spoiled')).toEqual(untroubled('challenger'));
  });
});

async function nobodysUri(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}
