import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectMlflow, DuckDb, mlflow, type MlflowConnection } from '../../pipeline/index.ts';
import { runBody } from '../../pipeline/testing/run-body.ts';
import { noServerBecause, startTemporaryServer, type TemporaryServer } from '../../pipeline/tracking/mlflow/testing/temporary-server.ts';
import { ModelShelf } from '../../serving/scorer/models/model-shelf.ts';
import type { Scorer } from '../../serving/scorer/scorer.ts';
import { openWorldScorer } from '../../serving/testing/open-world-scorer.ts';
import { type ServedWorld, servedWorld, type WorldModel } from '../../serving/testing/served-world.ts';
import { inputExample } from '../../stages/evaluate/holdout-sample.ts';
import registerBody from '../../stages/register/run.ts';
import { register, registrationSchema } from '../../stages/register/stage.ts';
import { ACCOUNT, makeRegisterWorld } from '../../stages/register/testing/register-world.ts';
import { readFeatureMatrix } from '../../stages/scoring/score-rows.ts';
import { modelSummary } from '../../stages/train/stage.ts';

const root = process.cwd();
const because = noServerBecause(root);
const suite = because === undefined ? describe : describe.skip;
const MODEL = 'credit-scoring';

suite(`the registered champion is what serves${because === undefined ? '' : ` (skipped: ${because})`}`, () => {
  let server: TemporaryServer;
  let connection: MlflowConnection;
  let world: ServedWorld;
  let artifactsDir: string;
  const versions: Partial<Record<WorldModel, string>> = {};

  const registerModel = async (model: WorldModel): Promise<string> => {
    const files = await world.modelFiles(model);
    const fitted = join(files['fitted/state.json'] ?? '', '..');
    const [development, holdout] = [(await world.artifact('encode.development')).path, (await world.artifact('encode.holdout')).path];
    const { inputs } = await makeRegisterWorld(root);
    const own = {
      model: files['model.ubj'] ?? '',
      summary: files['summary.json'] ?? '',
      calibrator: files['calibrator.json'] ?? '',
      decision: files['decision.json'] ?? '',
      catalogue: files['catalogue.json'] ?? '',
      explanationReference: files['explanation_reference.json'] ?? '',
      example: await exampleOf(files['summary.json'] ?? '', holdout),
      fittedState: fitted,
      development,
      holdout,
    };
    const tracking = { uri: server.uri, experiment: MODEL, outbox: server.outbox, account: ACCOUNT };
    const { outputs } = await runBody(register, registerBody, { inputs: { ...inputs, ...own }, tracking });
    return registrationSchema.parse(JSON.parse(await readFile(outputs.registration, 'utf8'))).version;
  };
  /** The input example of a model, as `evaluate` writes it. */
  const exampleOf = async (summary: string, holdout: string): Promise<string> => {
    const { features } = modelSummary.parse(JSON.parse(await readFile(summary, 'utf8')));
    using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: artifactsDir });
    await db.view('holdout', holdout);
    const path = join(await mkdtemp(join(artifactsDir, 'example-')), 'example.json');
    await writeFile(path, JSON.stringify(inputExample(await readFeatureMatrix(db, 'holdout', features), features)));
    return path;
  };
  const giveAlias = (alias: 'champion' | 'challenger', version = ''): Promise<void> =>
    mlflow.setAlias(connection, MODEL, { alias, version });
  const openScorer = ({ dir = artifactsDir, uri = server.uri, book = true } = {}): Promise<Scorer> =>
    openWorldScorer(world, dir, { registry: { uri }, pollMs: 0, book, onEvent: () => {} });

  beforeAll(async () => {
    [server, world] = await Promise.all([startTemporaryServer(root), servedWorld()]);
    connection = connectMlflow(server.uri);
    artifactsDir = await mkdtemp(join(tmpdir(), 'sluice-serving-'));
    versions.champion = await registerModel('champion');
    versions.rival = await registerModel('rival');
    await giveAlias('champion', versions.champion);
    await giveAlias('challenger', versions.rival);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  test('Python’s model of the registry and the scorer give the same numbers on the same rows', async () => {
    await using scorer = await openScorer();
    expect(scorer.status()).toMatchObject({
      source: 'registry',
      champion: { version: versions.champion },
      challenger: { version: versions.rival },
    });
    const { ids } = await scorer.applicants({ limit: 200 });
    const inputs = await Promise.all(ids.map((id) => scorer.inputs({ id })));
    const names = Object.keys(inputs[0]?.features ?? {});
    const rows = Float32Array.from(inputs.flatMap(({ features }) => names.map((name) => features[name] ?? Number.NaN)));
    await writeFile(join(artifactsDir, 'rows.f32'), new Uint8Array(rows.buffer));
    await writeFile(join(artifactsDir, 'columns.json'), JSON.stringify(names));
    const script = join(root, 'tests/e2e/serving-parity.py');
    const { stdout } = await promisify(execFile)(join(root, '.venv/bin/python'), [
      script,
      server.uri,
      join(artifactsDir, 'rows.f32'),
      join(artifactsDir, 'columns.json'),
    ]);
    const python = JSON.parse(stdout) as { readonly raw: readonly number[]; readonly calibrated: readonly number[] };
    const answers = await Promise.all(ids.map((id) => scorer.score({ id }, { reasons: false })));
    // Python's model gives Float32 probabilities before calibration; ours is the margin, of which it is σ.
    answers.forEach(({ logOdds, probabilityOfDefault }, at) => {
      expect(python.raw[at]).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 6);
      expect(Math.abs((python.calibrated[at] ?? 0) - probabilityOfDefault.value)).toBeLessThan(1e-12);
    });
  });

  test('the alias moves under load: every call is answered, by one model or the other, and the challenger is only counted', async () => {
    await using scorer = await openScorer();
    const { ids } = await scorer.applicants({ limit: 64 });
    const seen: string[] = [];
    let stop = false;
    const callers = Array.from({ length: 8 }, async (_, caller) => {
      for (let at = caller; !stop; at += 8) {
        const call = at % 5 === 0 ? scorer.explain({ id: ids[at % 64] ?? 0 }) : scorer.score({ id: ids[at % 64] ?? 0 });
        const answer = await call;
        seen.push(('score' in answer ? answer.score : answer).model.version);
      }
    });
    await giveAlias('champion', versions.rival ?? '');
    await scorer.refresh();
    const before = seen.length;
    while (seen.length < before + 200) await new Promise((resolve) => setImmediate(resolve));
    stop = true;
    await Promise.all(callers);
    expect(new Set(seen)).toEqual(new Set([versions.champion, versions.rival]));
    expect(seen.at(-1)).toBe(versions.rival);
    expect(scorer.status()).toMatchObject({ swaps: 1, warning: null });
    const { shadow } = scorer.status();
    expect(shadow.scored + shadow.dropped).toBeGreaterThan(0);
    await giveAlias('champion', versions.champion ?? '');
  });

  test('a version whose file is not what was registered is refused: at a start outright, later with a warning and the old one kept', async () => {
    await using scorer = await openScorer({ book: false });
    const tag = 'sluice.sha256.decision.json';
    const rival = await mlflow.getVersion(connection, MODEL, versions.rival ?? '');
    const honest = rival?.tags[tag] ?? '';
    const name = { name: MODEL, version: versions.rival ?? '' };
    await mlflow.setVersionTag(connection, name, [tag, 'f'.repeat(64)]);
    await giveAlias('champion', versions.rival ?? '');
    await scorer.refresh();
    expect(scorer.status()).toMatchObject({ champion: { version: versions.champion }, warning: expect.stringContaining('decision.json') });
    await expect(openScorer({ dir: await mkdtemp(join(tmpdir(), 'sluice-serving-')) })).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
    await mlflow.setVersionTag(connection, name, [tag, honest]);
    await giveAlias('champion', versions.champion ?? '');
  });

  test('without MLflow the last proven champion serves, with a warning; where none is kept, the start fails', async () => {
    const nobody = 'http://127.0.0.1:9';
    await using scorer = await openScorer({ uri: nobody, book: false });
    expect(scorer.status()).toMatchObject({
      source: 'kept',
      champion: { version: versions.champion },
      warning: expect.stringContaining('127.0.0.1:9'),
    });
    const empty = await mkdtemp(join(tmpdir(), 'sluice-serving-'));
    await expect(new ModelShelf(join(empty, 'serving')).fromRegistry({ uri: nobody }, 'champion', 100)).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
    });
    await rm(empty, { recursive: true });
  });
});
