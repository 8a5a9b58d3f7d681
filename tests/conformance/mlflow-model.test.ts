import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { connectMlflow } from '../../pipeline/tracking/mlflow/client/connection.ts';
import { downloadArtifact, listArtifacts } from '../../pipeline/tracking/mlflow/client/artifacts.ts';
import { getRun, updateRun } from '../../pipeline/tracking/mlflow/client/runs.ts';
import { setAlias, getVersionByAlias } from '../../pipeline/tracking/mlflow/client/registered-models.ts';
import { request } from '../../pipeline/tracking/mlflow/client/request.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';
import fetchChampion from '../../stages/champion/run.ts';
import { champion } from '../../stages/champion/stage.ts';
import registerRun from '../../stages/register/run.ts';
import { register, registrationSchema } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld, type RegisterWorld, type WorldOptions } from '../../stages/register/testing/register-world.ts';
import { type JudgeReport, judgeReport } from './judge-report.ts';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;
const run = promisify(execFile);

suite(`a registered model, judged by MLflow's Python client${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let world: RegisterWorld;
  let seen: JudgeReport;
  let expected: { probability: number[]; calibrated: number[]; decision: number[] };
  let first: { registration: string; runId: string };

  const registerWorld = async (
    given: RegisterWorld,
  ): Promise<{ text: string; confirmed: boolean; events: readonly { type: string }[] }> => {
    const { outputs, result, events } = await runBody(register, registerRun, {
      inputs: given.inputs,
      tracking: { ...target(), account: ACCOUNT },
    });
    return {
      text: await readFile(outputs.registration, 'utf8'),
      confirmed: result !== undefined && 'confirmed' in result && result.confirmed,
      events,
    };
  };
  const target = () => ({ uri: server.uri, experiment: 'credit-scoring', outbox: server.outbox });
  const askChampion = async (given: RegisterWorld) => {
    const { model, calibrator, decision } = given.inputs;
    const { outputs } = await runBody(champion, fetchChampion, {
      inputs: { model: model ?? '', calibrator: calibrator ?? '', decision: decision ?? '', rules: 'configs/gates' },
      tracking: target(),
    });
    return { status: JSON.parse(await readFile(outputs.status, 'utf8')), files: outputs.files };
  };
  const world2 = (options: WorldOptions) => makeRegisterWorld(root, options);

  beforeAll(async () => {
    [server, world] = await Promise.all([startTemporaryServer(root), makeRegisterWorld(root)]);
    const { text } = await registerWorld(world);
    first = { registration: text, runId: registrationSchema.parse(JSON.parse(text)).runId };
    const dir = await mkdtemp(join(tmpdir(), 'sluice-judge-'));
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: dir });
    await db.view('holdout', world.inputs['holdout'] ?? '');
    await db.view('predictions', world.inputs['predictions'] ?? '');
    await db.run(
      `copy (select SK_ID_CURR, ${world.features.map((name) => `"${name}"`).join(', ')} from holdout order by SK_ID_CURR) to '${join(dir, 'inputs.csv')}' (header)`,
    );
    const rows = await db.all<{ probability: number; calibrated: number; decision: number }>(
      'select probability, calibrated, decision from predictions order by SK_ID_CURR',
    );
    expected = {
      probability: rows.map((row) => row.probability),
      calibrated: rows.map((row) => row.calibrated),
      decision: rows.map((row) => row.decision),
    };
    const { stdout } = await run(
      join(root, '.venv/bin/python'),
      [join(root, 'tests/conformance/mlflow-judge.py'), server.uri, join(dir, 'inputs.csv')],
      { maxBuffer: 1 << 26 },
    );
    seen = judgeReport.parse(JSON.parse(stdout));
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test.each(['pyfunc', 'pyfunc32', 'shuffled', 'by_version', 'by_id', 'xgboost'] as const)('%s predicts the holdout as we did', (how) => {
    expect(maxDifference(seen[how], expected.probability)).toBeLessThan(1e-6);
    expect(seen[how]).toHaveLength(1200);
  });

  test('the snippet on the run page gives the calibrated probability and the decision', () => {
    expect(maxDifference(seen.calibrated, expected.calibrated)).toBeLessThan(1e-6);
    expect(seen.refuse.map(Number)).toEqual(expected.decision);
  });

  test('the signature takes doubles with gaps, and refuses what XGBoost would misread', () => {
    expect(seen.inputs).toEqual(world.features.map((name) => [name, 'double', true]));
    expect(seen.outputs).toEqual(['float']);
    expect([seen.missing_column, seen.int64_column]).toEqual(['MlflowException', 'MlflowException']);
  });

  test('the input example predicts the first rows, read by MLflow or by hand', () => {
    expect(maxDifference(seen.example, expected.probability.slice(0, 5))).toBeLessThan(1e-6);
    expect(maxDifference(seen.example_by_hand, expected.probability.slice(0, 5))).toBeLessThan(1e-6);
  });

  test('MLmodel keeps its keys and names its run and model', () => {
    expect(seen.descriptor_ids).toEqual([true, true, true]);
    expect(seen.descriptor_keys).toEqual(
      expect.arrayContaining([
        'artifact_path',
        'flavors',
        'model_id',
        'model_size_bytes',
        'run_id',
        'saved_input_example_info',
        'signature',
        'utc_time_created',
      ]),
    );
  });

  test('the run is finished and complete', () => {
    const { metrics, params, tags, ...found } = seen.run;
    expect(found.status).toBe('FINISHED');
    expect(found.times[0]).toBeGreaterThan(1.7e12);
    expect(found.times[1]).toBeGreaterThanOrEqual(found.times[0]);
    const names =
      'cv_auc holdout_auc holdout_auc_lo holdout_auc_hi holdout_gini holdout_ks holdout_pr_auc holdout_log_loss holdout_brier holdout_ece holdout_cost_per_applicant threshold drift_share';
    expect(Object.keys(metrics)).toEqual(expect.arrayContaining(names.split(' ')));
    expect(metrics).toMatchObject({ cv_auc: 0.75, holdout_auc: 0.75, threshold: 1 / 11, drift_share: 0.125 });
    expect(params).toMatchObject({ eta: '0.3', features: '4', class_weight: 'none', cost_false_negative: '10', calibration: 'platt' });
    expect(tags['mlflow.note.content']).toContain('Passed the gate');
    expect(tags['mlflow.source.name']).toBe('sluice run');
    expect(seen.runs).toBe(1);
    expect(found.times[0]).toBe(ACCOUNT.startedAt);
    expect(params).toMatchObject({ 'source.kind': 'synthetic', 'params.train.eta': '0.3', 'params.train.odd': '["a","b"]' });
    expect(seen.config).toEqual(ACCOUNT.config);
    expect(seen.lock).toBe(ACCOUNT.lock);
  });

  test('each fold is a run below it, finished, with its own series; the newest run is still the one that they belong to', () => {
    expect(seen.children).toEqual([
      {
        name: 'fold 0',
        status: 'FINISHED',
        parent: true,
        params: { fold: '0', rows: '600', positives: '120', rounds: '12' },
        metrics: expect.objectContaining({ auc: 0.75, train_auc: 0.7 }),
        points: 300,
      },
    ]);
    expect(seen.newest).toBe(true);
  });

  test('processor and memory of the stages are system metrics, at the moment of each', () => {
    const at = 1_760_000_009_000;
    expect(seen.system).toEqual({
      'system/stage_wall_seconds': [[0, 4, at]],
      'system/stage_cpu_seconds': [[0, 6, at]],
      'system/cpu_utilization_percentage': [[0, 150, at]],
      'system/system_memory_usage_megabytes': [[0, 512, at]],
    });
  });

  test('the rules of the gate and the stages are tables; the description names what was reused and leads to the files', () => {
    expect(seen.gate_table).toMatchObject({ rule: ['auc'], result: ['passed'], value: [expect.closeTo(0.7, 12)], limit: [0.65] });
    expect(seen.stage_table).toEqual([
      ['train', 'executed', 'this run'],
      ['ingest', 'reused', '01EARLIER'],
    ]);
    const tags = seen.run.tags;
    const note = tags['mlflow.note.content'] ?? '';
    expect(note).toContain('Executed by this run: train');
    expect(note).toContain('Reused from run 01EARLIER: ingest');
    expect(note).toMatch(/\(#\/experiments\/\d+\/runs\/[0-9a-f]{32}\/artifacts\/reports\/run\.html\)/);
    expect(tags).toMatchObject({ 'sluice.verdict': 'passed', 'sluice.verdict.rules': '1 of 1 passed', 'sluice.verdict.failed': 'none' });
  });

  test('every point of a series is there once, in step order', () => {
    expect(seen.series.map(([step]) => step)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    expect(seen.series[299]?.[1]).toBeCloseTo(0.6 + 299 / 3000, 12);
  });

  test('the datasets carry their context and the whole digest', () => {
    const contexts = Object.entries(seen.run.datasets).map(([name, [, tags]]) => [name, tags['mlflow.data.context']]);
    expect(Object.fromEntries(contexts)).toEqual({
      development: 'training',
      holdout: 'validation',
      application_train: 'reference',
      application_test: 'current',
    });
    for (const [digest, tags] of Object.values(seen.run.datasets)) {
      expect(tags['sluice.sha256']).toMatch(/^[0-9a-f]{64}$/);
      expect(tags['sluice.sha256']?.startsWith(digest)).toBe(true);
    }
  });

  test('the logged model is ready, linked both ways, with the metrics of the holdout', () => {
    expect(seen.logged.status).toBe('READY');
    expect(JSON.parse(seen.logged.versions)).toEqual([{ name: 'credit-scoring', version: expect.anything() }]);
    expect(seen.logged.metrics).toEqual(expect.arrayContaining([['holdout_auc', 'holdout']]));
    expect(seen.run.outputs).toHaveLength(1);
  });

  test('the artifacts have the names that others rely on', () => {
    const names =
      'predictions/holdout.parquet model_card.md reports/run.html reports/drift.html reports/drift.json figures/roc.svg verdict.json calibrator.json decision.json catalogue.json';
    expect(seen.files).toEqual(expect.arrayContaining(names.split(' ')));
    expect(seen.files).not.toContain('comparison.json'); // with whom?
  });

  test('a second registration confirms, with the same bytes and no second run or version', async () => {
    const started = Date.now();
    const again = await registerWorld(world);
    expect(again.confirmed).toBe(true);
    expect(again.text).toBe(first.registration);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(again.events.some((event) => event.type === 'stage.log' && 'data' in event && event.data !== undefined)).toBe(true);
  });

  test('the champion stage sees through the model itself', async () => {
    expect((await askChampion(world)).status).toEqual({ state: 'none' });
  });

  test('a rejected model becomes challenger; a passed one takes the alias from the version it was judged against, and from no other', async () => {
    const rejected = await registerWorld(
      await world2({ seed: 2, verdict: 'rejected', champion: { state: 'known', model: 'credit-scoring', version: '1', modelSha256: '' } }),
    );
    expect(JSON.parse(rejected.text)).toMatchObject({ version: '2', alias: 'challenger' });
    const third = await world2({ seed: 3, champion: { state: 'known', model: 'credit-scoring', version: '1', modelSha256: '' } });
    const thirdRegistration = registrationSchema.parse(JSON.parse((await registerWorld(third)).text));
    expect(thirdRegistration).toMatchObject({ version: '3', alias: 'champion' });
    await expectComparison(thirdRegistration.runId);
    const late = await registerWorld(
      await world2({ seed: 4, champion: { state: 'known', model: 'credit-scoring', version: '1', modelSha256: '' } }),
    );
    expect(JSON.parse(late.text)).toMatchObject({ version: '4', alias: 'challenger' });
    expect(
      late.events.filter((event) => event.type === 'stage.log' && JSON.stringify(event).includes('judged against version 1')),
    ).toHaveLength(1);
    const { status, files } = await askChampion(third);
    expect(status).toMatchObject({ state: 'known', version: '1' });
    expect(await readFile(join(files, 'model.ubj'))).toEqual(await readFile(world.inputs['model'] ?? ''));
    for (const name of ['state.json', 'previous-0.ubj'])
      expect(await readFile(join(files, 'fitted', name))).toEqual(await readFile(join(world.inputs['fittedState'] ?? '', name)));
    expect((await askChampion(world)).status).toMatchObject({ state: 'known', version: '3' });
  });

  /** The page that sets it beside version 1: other data, the same params. */
  const expectComparison = async (runId: string) => {
    const page = join(await mkdtemp(join(tmpdir(), 'sluice-')), 'compare.html');
    const connection = connectMlflow(server.uri);
    const run3 = await getRun(connection, runId);
    await downloadArtifact(connection, run3?.artifactUri ?? '', { path: 'reports/compare.html', to: page });
    expect((await listArtifacts(connection, runId)).map(({ path }) => path)).toContain('comparison.json');
    const text = (await readFile(page, 'utf8')).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('The challenger against credit-scoring version 1');
    expect(text).toMatch(/auc 0\.75 0\.74 to 0\.76 0\.74 \+0\.01 \+0\.002 to \+0\.018 challenger/);
    expect(text).toMatch(/cost_per_applicant .* \+0\.01 undecided/);
    expect(text).toContain('Per 1,000 applicants that saves 20.0');
    expect(text).toContain('may have been trained on some, which favours it');
    expect(text).toMatch(/All \d+ params are the same/);
    expect(text).toMatch(/development changed 1\D200 1\D200/);
  };

  test('an alias that a person moved stays where it is', async () => {
    const connection = connectMlflow(server.uri);
    await setAlias(connection, 'credit-scoring', { alias: 'champion', version: '1' });
    const third = await registerWorld(
      await world2({ seed: 3, champion: { state: 'known', model: 'credit-scoring', version: '1', modelSha256: '' } }),
    );
    expect(third.confirmed).toBe(true);
    expect((await getVersionByAlias(connection, 'credit-scoring', 'champion'))?.version).toBe('1');
  });

  test('a file that was replaced after its registration is not taken for the champion', async () => {
    const other = await world2({ seed: 5 });
    const connection = connectMlflow(server.uri);
    const version = await getVersionByAlias(connection, 'credit-scoring', 'champion');
    const id = version?.source.replace('models:/', '') ?? '';
    const folder = await mkdtemp(join(tmpdir(), 'sluice-'));
    await writeFile(join(folder, 'x'), 'tampered');
    const original = world.inputs['decision'] ?? '';
    const put = (from: string, bytes: number) =>
      request(connection, {
        method: 'PUT',
        path: `/api/2.0/mlflow-artifacts/artifacts/1/models/${id}/artifacts/decision.json`,
        file: { path: from, bytes },
      });
    await put(join(folder, 'x'), 8);
    await expect(askChampion(other)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('decision.json') });
    await put(original, (await readFile(original)).length);
    expect((await askChampion(other)).status).toMatchObject({ state: 'known', version: '1' });
  });

  test('a run that a person deleted is registered anew, with a warning', async () => {
    const connection = connectMlflow(server.uri);
    await updateRun(connection, first.runId, { status: 'FINISHED' });
    await request(connection, { method: 'POST', path: '/api/2.0/mlflow/runs/delete', json: { run_id: first.runId } });
    const anew = await registerWorld(world);
    expect(anew.confirmed).toBe(false);
    expect(JSON.parse(anew.text)).toMatchObject({ version: '5', alias: 'champion' });
    expect(anew.events.filter((event) => JSON.stringify(event).includes('was deleted on the server'))).toHaveLength(1);
    expect((await registerWorld(world)).confirmed).toBe(true);
  });
});

function maxDifference(a: readonly number[], b: readonly number[]): number {
  return a.length === b.length
    ? Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN))))
    : Number.POSITIVE_INFINITY;
}
