import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mlflow } from '../../pipeline/index.ts';
import { buildCli, runCli } from '../../pipeline/testing/real-cli.ts';
import { TempProject } from '../../pipeline/testing/temp-project.ts';
import { registeredAs } from '../../pipeline/tracking/mlflow/apply/apply-alias.ts';
import { promote, rollback } from '../../pipeline/tracking/mlflow/index.ts';
import { readDecisions } from '../../pipeline/tracking/mlflow/registry/decision.ts';
import { standingMoves } from '../../pipeline/tracking/mlflow/registry/promote.ts';
import { startFaultyProxy } from '../../pipeline/tracking/mlflow/testing/faulty-proxy.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;
const MODEL = 'scores';
/** sha256 of "weights". */
const WEIGHTS = '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c';

suite(`aliases that a person moves${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let connection: mlflow.MlflowConnection;
  let runId: string;
  const champion = async () => (await mlflow.getRegisteredModel(connection, MODEL))?.aliases['champion'];
  const request = { model: MODEL, alias: 'champion', by: 'mara' };

  beforeAll(async () => {
    server = await startTemporaryServer(root);
    connection = mlflow.connectMlflow(server.uri, { env: {} });
    const experimentId = await mlflow.ensureExperiment(connection, 'promote');
    const run = await mlflow.createRun(connection, { experimentId, name: 'r', user: 'mara', startTime: 1_795_600_000_000, tags: {} });
    runId = run.runId;
    await mlflow.ensureRegisteredModel(connection, MODEL, '');
    for (const verdict of ['passed', 'rejected', 'passed']) {
      const model = await mlflow.createLoggedModel(connection, { experimentId, runId, name: 'm', type: 'x', params: {}, tags: {} });
      await mlflow.uploadText(connection, model.artifactUri, { path: 'MLmodel', text: 'flavors: {}\n' });
      await mlflow.uploadText(connection, model.artifactUri, { path: 'model.ubj', text: 'weights' });
      await mlflow.setLoggedModelStatus(connection, model.modelId, 'LOGGED_MODEL_READY');
      const tags = { 'sluice.verdict': verdict, 'sluice.sha256.model.ubj': WEIGHTS };
      await mlflow.createVersion(connection, { name: MODEL, modelId: model.modelId, runId, description: '', tags });
    }
    await mlflow.setAlias(connection, MODEL, { alias: 'challenger', version: '2' });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('promote moves, says why in three places, and takes the challenger’s place away', async () => {
    const first = await promote(connection, { ...request, version: '1', reason: 'the first' });
    expect(first).toMatchObject({ changed: true, filesChecked: 1, decision: { from: null, to: '1', verdict: 'passed', outcome: 'moved' } });
    const second = await promote(connection, { ...request, version: 'challenger', reason: ' committee of 12 May ' });
    expect(second.decision).toMatchObject({ from: '1', to: '2', verdict: 'rejected', reason: 'committee of 12 May', by: 'mara' });
    const model = await mlflow.getRegisteredModel(connection, MODEL);
    expect(model?.aliases).toEqual({ champion: '2' });
    expect((await readDecisions(connection, MODEL, 'champion')).map(({ from, to, outcome }) => [from, to, outcome])).toEqual([
      [null, '1', 'moved'],
      ['1', '2', 'moved'],
    ]);
    const version = await mlflow.getVersion(connection, MODEL, '2');
    expect(JSON.parse(version?.tags['sluice.decision.champion'] ?? '')).toEqual(second.decision);
    const lost = await mlflow.getVersion(connection, MODEL, '1');
    expect(JSON.parse(lost?.tags['sluice.decision.champion'] ?? '')).toEqual(second.decision);
    const files = await mlflow.listArtifacts(connection, runId, 'decisions');
    expect(files.map(({ path }) => path)).toHaveLength(2);
    const to = join(await mkdtemp(join(tmpdir(), 'sluice-decision-')), 'decision.json');
    const { artifactUri = '' } = (await mlflow.getRun(connection, runId)) ?? {};
    await mlflow.downloadArtifact(connection, artifactUri, { path: `decisions/${second.decision.id}-champion.json`, to });
    expect(JSON.parse(await readFile(to, 'utf8'))).toEqual({ model: MODEL, ...second.decision });
  });

  test('what has the alias already is left as it is', async () => {
    expect(await promote(connection, { ...request, version: '2', reason: 'again' })).toMatchObject({ changed: false });
    expect(await readDecisions(connection, MODEL, 'champion')).toHaveLength(2);
  });

  test('an alias that nobody has is not there, though every object has something of that name', async () => {
    const missing = { code: 'ARTIFACT_MISSING' };
    await expect(promote(connection, { ...request, version: 'constructor', reason: 'r' })).rejects.toMatchObject(missing);
    await expect(rollback(connection, { ...request, alias: 'constructor', reason: 'r' })).rejects.toMatchObject({
      ...missing,
      message: expect.stringContaining('no version has it') as unknown,
    });
    expect(await mlflow.getVersionByAlias(connection, MODEL, 'constructor')).toBeUndefined();
  });

  test('rollback goes back one move, then one more, then says that there is none', async () => {
    await promote(connection, { ...request, version: '3', reason: 'newer' });
    expect((await rollback(connection, { ...request, reason: 'worse' })).decision).toMatchObject({ kind: 'rollback', from: '3', to: '2' });
    expect((await rollback(connection, { ...request, reason: 'worse still' })).decision).toMatchObject({ from: '2', to: '1' });
    expect(await champion()).toBe('1');
    await expect(rollback(connection, { ...request, reason: 'further' })).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
      hint: expect.stringContaining('sluice promote scores VERSION'),
    });
    expect(await champion()).toBe('1');
  });

  test('an alias that somebody moves in between is not taken, and the record says so', async () => {
    let held = 0;
    await using proxy = await startFaultyProxy(server.uri, (_, path, count) => {
      // Two seconds between the decision and the second look, in which another client comes in.
      if (!path.includes('/decisions/') || count > 1) return { kind: 'pass' };
      held += 1;
      return { kind: 'answer', status: 429, headers: { 'retry-after': '2' } };
    });
    const slow = mlflow.connectMlflow(proxy.uri, { env: {} });
    const promotion = promote(slow, { ...request, version: '3', reason: 'raced' });
    while (held === 0) await new Promise((resolve) => setImmediate(resolve));
    await mlflow.setAlias(connection, MODEL, { alias: 'champion', version: '2' });
    await expect(promotion).rejects.toMatchObject({
      code: 'MLFLOW_REFUSED',
      message: expect.stringMatching(/version 3.*was at version 1.*moved it to version 2/),
    });
    expect(await champion()).toBe('2');
    expect((await readDecisions(connection, MODEL, 'champion')).at(-1)).toMatchObject({ to: '3', outcome: 'lost' });
  });

  test('files that were changed after the registration decide on nothing', async () => {
    const version = await mlflow.getVersion(connection, MODEL, '3');
    const model = await mlflow.getLoggedModel(connection, version?.source.replace('models:/', '') ?? '');
    await mlflow.uploadText(connection, model?.artifactUri ?? '', { path: 'model.ubj', text: 'other weights' });
    await expect(promote(connection, { ...request, version: '3', reason: 'x' })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('model.ubj'),
    });
    expect(await champion()).toBe('2');
  });

  test('the command line asks for a reason, corrects names, moves and rolls back', async () => {
    await buildCli();
    await using project = await TempProject.create({
      'package.json': '{"type":"module","sideEffects":false,"sluice":{"config":"configs/a.yaml"}}',
      'configs/a.yaml': 'version: 1\n',
      'stages/index.ts': `
import { artifact, definePipeline, defineStage } from 'SLUICE';
import { z } from 'zod';
const make = defineStage({ name: 'make', description: 'Makes', outputs: { n: artifact.json(z.number()) }, run: () => import('./make.ts') });
export const pipeline = definePipeline({ name: 'p', stages: [make] });
`,
      'stages/make.ts': 'export default async ({ outputs }) => { await outputs.n.write(1); };\n',
    });
    const cli = (...args: readonly string[]) => runCli(project.dir, [...args], { MLFLOW_TRACKING_URI: server.uri });
    expect(await cli('promote', MODEL, '1')).toMatchObject({ code: 2, stderr: expect.stringMatching(/USAGE .*reason[^]*--reason/) });
    expect(await cli('promote', 'score', '1', '--reason', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ARTIFACT_MISSING .*"score".*Did you mean "scores"/),
    });
    expect(await cli('promote', MODEL, '9', '--reason', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('champion (version 2)'),
    });
    expect(await cli('rollback', 'score', '--reason', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Did you mean "scores"'),
    });
    expect(await cli('lineage', 'score@champion')).toMatchObject({ code: 1, stderr: expect.stringContaining('Did you mean "scores"') });
    expect(await cli('lineage', `${MODEL}@champoin`)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no alias "champoin"\. Did you mean "champion"\?[^]*champion \(version 2\)/),
    });
    expect(await cli('promote', MODEL, '2', '--alias', 'chalenger', '--reason', 'x')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('no version had an alias "chalenger" before. Did you mean --alias challenger?'),
    });
    const moved = await cli('promote', MODEL, '1', '--reason', 'back to the first', '--json');
    expect(JSON.parse(moved.stdout)).toMatchObject({ model: MODEL, from: '2', to: '1', changed: true, kind: 'promote' });
    expect(await cli('rollback', MODEL, '--reason', 'no')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('version 2 is champion now'),
    });
    expect(await champion()).toBe('2');
  });
});

test('a rollback takes back the moves above it, and what was lost never counted', () => {
  const at = { alias: 'champion', by: '', reason: '', verdict: 'passed', at: 0, outcome: 'moved' } as const;
  const trail = [
    { ...at, id: '1', kind: 'gate', from: null, to: '1' },
    { ...at, id: '2', kind: 'promote', from: '1', to: '2' },
    { ...at, id: '3', kind: 'promote', from: '2', to: '9', outcome: 'lost' },
    { ...at, id: '4', kind: 'gate', from: '2', to: '3' },
    { ...at, id: '5', kind: 'rollback', from: '3', to: '2' },
  ] as const;
  expect(standingMoves(trail).map(({ id }) => id)).toEqual(['1', '2']);
});

test('a version that an older release registered is known to be complete', () => {
  expect(registeredAs({ tags: { 'sluice.alias': 'champion' } })).toBe('champion');
  expect(registeredAs({ tags: { 'sluice.registered_as': 'challenger' } })).toBe('challenger');
  expect(registeredAs({ tags: { 'sluice.registered_as': 'latest' } })).toBeUndefined();
});
