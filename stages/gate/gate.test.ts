import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { jsonArtifact, runBody } from '../../pipeline/testing/run-body.ts';
import { type Evaluation, evaluationSchema } from '../evaluate/evaluation-schema.ts';
import evaluateBody from '../evaluate/run.ts';
import { evaluate } from '../evaluate/stage.ts';
import {
  championFolder,
  decision,
  drawApplicants,
  freshFolder,
  type TrainedModel,
  trainModel,
  writeApplicants,
} from '../evaluate/testing/small-world.ts';
import run from './run.ts';
import { gate, type Verdict, verdictSchema } from './stage.ts';

interface Judged {
  readonly trained: TrainedModel;
  readonly holdout: string;
  readonly evaluation: Evaluation;
  readonly predictions: string;
}

/** A model as evaluate leaves it, judged on the same 1,200 holdout clients. */
async function judged(model: { readonly rounds?: number; readonly columns?: readonly string[] }): Promise<Judged> {
  const folder = await freshFolder();
  const tables = await writeApplicants(folder, drawApplicants(1200, 2));
  const trained = await trainModel(folder, drawApplicants(4000, 1), model);
  const trainMetrics = join(folder, 'train.ndjson');
  await writeFile(trainMetrics, '');
  const inputs = {
    ...tables,
    trainMetrics,
    model: trained.model,
    summary: await jsonArtifact(trained.summary),
    calibrator: await jsonArtifact({ method: 'none' }),
    decision: await jsonArtifact(decision),
    catalogue: await jsonArtifact([]),
  };
  const { outputs } = await runBody(evaluate, evaluateBody, { inputs, params: { bootstrap: 200 } });
  return {
    trained,
    holdout: tables.holdout,
    evaluation: evaluationSchema.parse(JSON.parse(await readFile(outputs.evaluation, 'utf8'))),
    predictions: outputs.predictions,
  };
}

const noChampion = { state: 'none' } as const;
const known = ({ sha256 }: TrainedModel) => ({ state: 'known', model: 'credit-scoring', version: '3', modelSha256: sha256 }) as const;

interface GateCase {
  readonly champion?: unknown;
  readonly files?: string;
  readonly params?: Readonly<Record<string, number>>;
  readonly evaluation?: Evaluation;
}

async function gateOf(
  model: Judged,
  { champion = noChampion, files, params = {}, evaluation = model.evaluation }: GateCase,
): Promise<Verdict> {
  const inputs = {
    evaluation: await jsonArtifact(evaluation),
    predictions: model.predictions,
    holdout: model.holdout,
    decision: await jsonArtifact(decision),
    champion: await jsonArtifact(champion),
    championFiles: files ?? (await freshFolder()),
  };
  const { outputs, result } = await runBody(gate, run, { inputs, params: { bootstrap: 200, ...params } });
  const written = verdictSchema.parse(JSON.parse(await readFile(outputs.verdict, 'utf8')));
  expect(result).toEqual({ verdict: written.verdict, rules: written.rules });
  return written;
}

const rule = ({ rules }: Verdict, name: string): Verdict['rules'][number] | undefined => rules.find((found) => found.rule === name);

describe('the gate', () => {
  let strong: Judged;
  let weak: Judged;
  beforeAll(async () => {
    [strong, weak] = [await judged({}), await judged({ rounds: 3, columns: ['score_b'] })];
  });

  test('a sound model passes without a champion', async () => {
    const verdict = await gateOf(strong, {});
    expect(verdict).toMatchObject({ verdict: 'passed', against: 'no champion yet' });
    expect(verdict.rules.map(({ rule: name, passed }) => [name, passed])).toEqual([
      ['auc', true],
      ['calibration', true],
      ['cost', true],
    ]);
  });

  test('AUC: the lower end of the interval decides', async () => {
    const { lo, value } = strong.evaluation.headline.auc;
    const between = (lo + value) / 2;
    const verdict = await gateOf(strong, { params: { minAuc: between } });
    expect(verdict.verdict).toBe('rejected');
    expect(rule(verdict, 'auc')).toMatchObject({ passed: false, value: lo, limit: between });
    expect((await gateOf(strong, { params: { minAuc: lo } })).verdict).toBe('passed');
  });

  test('calibration: a limit below the noise of 1,200 rows does not reject a calibrated model, a shifted one is rejected', async () => {
    const limited = await gateOf(strong, { params: { maxEce: 0.001 } });
    const calibration = rule(limited, 'calibration');
    expect(calibration?.passed).toBe(true);
    expect(calibration?.limit).toBeGreaterThan(0.015);
    expect(calibration?.limit).toBeLessThan(0.045);
    const shifted = { ...strong.evaluation, headline: { ...strong.evaluation.headline, ece: { value: 0.06, lo: 0.04, hi: 0.08 } } };
    expect(rule(await gateOf(strong, { evaluation: shifted }), 'calibration')).toMatchObject({ passed: false, value: 0.06, limit: 0.05 });
  });

  test('cost: the upper end of the interval against the better trivial rule decides', async () => {
    const { headline, baselines } = strong.evaluation;
    const share = headline.costPerApplicant.hi / Math.min(baselines.acceptAll, baselines.refuseAll);
    expect(rule(await gateOf(strong, { params: { maxCostShare: share - 1e-9 } }), 'cost')).toMatchObject({ passed: false, value: share });
    expect(rule(await gateOf(strong, { params: { maxCostShare: share + 1e-9 } }), 'cost')).toMatchObject({ passed: true });
  });

  test('a model ties with itself and passes, with nothing allowed', async () => {
    const verdict = await gateOf(strong, {
      champion: known(strong.trained),
      files: await championFolder(strong.trained),
      params: { maxAucLoss: 0, maxCostIncrease: 0 },
    });
    expect(verdict).toMatchObject({ verdict: 'passed', against: 'credit-scoring version 3' });
    expect(rule(verdict, 'champion_auc')).toMatchObject({ passed: true, value: 0 });
    expect(rule(verdict, 'champion_cost')).toMatchObject({ passed: true, value: 0 });
  });

  test('a weaker model is rejected against a strong champion, a stronger one passes against a weak champion', async () => {
    const worse = await gateOf(weak, {
      champion: known(strong.trained),
      files: await championFolder(strong.trained),
      params: { minAuc: 0.5, maxCostShare: 2 },
    });
    expect(worse.verdict).toBe('rejected');
    expect(rule(worse, 'champion_auc')).toMatchObject({ passed: false, limit: 0.005 });
    expect(rule(worse, 'champion_auc')?.value).toBeCloseTo(strong.evaluation.headline.auc.value - weak.evaluation.headline.auc.value, 9);
    expect(rule(worse, 'champion_cost')?.passed).toBe(false);
    const better = await gateOf(strong, { champion: known(weak.trained), files: await championFolder(weak.trained) });
    expect(better.verdict).toBe('passed');
  });

  test('the champion decides by its own calibration and threshold', async () => {
    // A champion that refuses nobody costs as much as granting every loan.
    const lenient = await championFolder(strong.trained, { own: { ...decision, threshold: 0.999 } });
    const verdict = await gateOf(strong, { champion: known(strong.trained), files: lenient });
    const { headline, baselines } = strong.evaluation;
    expect(rule(verdict, 'champion_cost')?.value).toBeCloseTo(headline.costPerApplicant.value - baselines.acceptAll, 9);
  });

  test('an unknown champion leaves the verdict to the absolute rules, and says so', async () => {
    const verdict = await gateOf(strong, { champion: { state: 'unknown', reason: 'MLflow did not answer' } });
    expect(verdict).toMatchObject({ verdict: 'passed', against: 'unknown champion: MLflow did not answer' });
    expect(rule(verdict, 'champion')).toMatchObject({ passed: false, value: null });
  });

  test('a champion that needs a feature which is gone is not comparable: rejected, with its name', async () => {
    const folder = await freshFolder();
    const other = drawApplicants(500, 9);
    const renamed = await trainModel(
      folder,
      { ...other, matrix: { ...other.matrix, columns: ['score_a', 'gone', 'score_c'] } },
      { columns: ['score_a', 'gone'] },
    );
    const verdict = await gateOf(strong, { champion: known(renamed), files: await championFolder(renamed) });
    expect(verdict.verdict).toBe('rejected');
    expect(rule(verdict, 'champion')?.reason).toMatch(
      /not comparable: the champion needs 1 features that the holdout no longer has \(gone\)/,
    );
  });

  test('a champion whose bytes are not the registered ones is refused before it is loaded', async () => {
    const files = await championFolder(strong.trained);
    const bytes = await readFile(join(files, 'model.ubj'));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(files, 'model.ubj'), bytes);
    await expect(gateOf(strong, { champion: known(strong.trained), files })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('sha256'),
    });
  });

  test('a champion’s summary with its features in another order is refused', async () => {
    const { trained } = strong;
    const files = await championFolder({ ...trained, summary: { ...trained.summary, features: trained.summary.features.toReversed() } });
    await expect(gateOf(strong, { champion: known(trained), files })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('the summary lists'),
    });
  });

  test('a champion’s calibrator that is no JSON is refused by its path', async () => {
    const files = await championFolder(strong.trained);
    await writeFile(join(files, 'calibrator.json'), '{"method":"platt","a":1');
    await expect(gateOf(strong, { champion: known(strong.trained), files })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('calibrator.json'),
    });
  });
});
