import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../pipeline/index.ts';
import { championFolder, decision, drawApplicants, freshFolder, type TrainedModel, trainModel } from '../evaluate/testing/small-world.ts';
import { assessmentExample } from '../assess/testing/assessment-example.ts';
import { catalogueEntry } from '../train/testing/catalogue-entry.ts';
import { type GateCase, gateOf, type Judged, judged, rule, runGate } from './testing/gate-world.ts';

const known = ({ sha256 }: TrainedModel) => ({ state: 'known', model: 'credit-scoring', version: '3', modelSha256: sha256 }) as const;

describe('the gate with a champion', () => {
  let strong: Judged;
  let weak: Judged;
  beforeAll(async () => {
    [strong, weak] = [await judged({}), await judged({ rounds: 3, columns: ['score_b'] })];
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
    expect(rule(worse, 'champion_auc')).toMatchObject({ passed: false, limit: -0.005 });
    expect(rule(worse, 'champion_auc')?.value).toBeCloseTo(weak.evaluation.headline.auc.value - strong.evaluation.headline.auc.value, 9);
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

  test('a champion that numbers categories in another order is scored by their names; of columns of another kind it is not compared', async () => {
    const { trained } = strong;
    const levels = ['a', 'b', 'c'];
    // Theirs are the other way round, and "b" they do not know.
    const theirs = { score_c: levels.toReversed().map((level) => ({ level, rows: 9, known: level !== 'b' })) };
    const files = await championFolder({ ...trained, summary: { ...trained.summary, categories: theirs } });
    const gateCase = { champion: known(trained), files, catalogue: [catalogueEntry('score_c', { levels })] };
    const of = async (score: string, given: GateCase) =>
      (await runGate(await withScore(strong, score), given)).comparison?.metrics.map(({ champion }) => champion);
    const byName = await of('SK_ID_CURR % 3', gateCase);
    const plain = { champion: known(trained), files: await championFolder(trained) };
    expect(byName).toEqual(await of('case SK_ID_CURR % 3 when 0 then 2 when 2 then 0 end', plain));
    expect(byName).not.toEqual(await of('SK_ID_CURR % 3', plain));
    const verdict = await gateOf(strong, { champion: known(trained), files });
    expect(rule(verdict, 'champion')?.reason).toContain('or counts in another way (score_c)');
  });

  test('every number of both models is compared on the same rows, with the swap set and its price', async () => {
    const { text, comparison } = await runGate(strong, { champion: known(weak.trained), files: await championFolder(weak.trained) });
    const found = new Map(comparison?.metrics.map((row) => [row.metric, row]));
    for (const [ours, theirs, name] of [
      [strong.evaluation.headline.auc, weak.evaluation.headline.auc, 'auc'],
      [strong.evaluation.headline.brier, weak.evaluation.headline.brier, 'brier'],
      [strong.evaluation.headline.costPerApplicant, weak.evaluation.headline.costPerApplicant, 'cost_per_applicant'],
    ] as const) {
      expect(found.get(name)?.challenger).toBeCloseTo(ours.value, 9);
      expect(found.get(name)?.champion).toBeCloseTo(theirs.value, 9);
      expect(found.get(name)?.difference).toBeCloseTo(ours.value - theirs.value, 9);
    }
    const { bothGrant, swappedIn, swappedOut, bothRefuse, costChange } = comparison?.swap ?? {};
    expect([bothGrant, swappedIn, swappedOut, bothRefuse].reduce((sum, cell) => sum + (cell?.rows ?? 0), 0)).toBe(1200);
    expect(costChange).toBeCloseTo(found.get('cost_per_applicant')?.difference ?? 0, 9);
    // Only who changes sides changes the profit: what a grant earns beyond a refusal, of payers and of defaulters.
    const { trueNegative, falsePositive, falseNegative, truePositive } = assessmentExample.profit.payoffs;
    const earned = (cell: typeof swappedIn): number =>
      ((cell?.rows ?? 0) - (cell?.positives ?? 0)) * (trueNegative - falsePositive) +
      (cell?.positives ?? 0) * (falseNegative - truePositive);
    expect(found.get('profit_per_applicant')?.difference).toBeCloseTo((earned(swappedIn) - earned(swappedOut)) / 1200, 9);
    expect(found.get('lift')?.challenger).toBeCloseTo(strong.evaluation.lift[0]?.lift ?? 0, 9);
    expect(comparison?.metrics.flatMap(({ metric, lo, hi }) => (lo !== null && hi !== null && lo < hi ? [] : [metric]))).toEqual([]);
    expect(text).toContain('## Against the champion, on the same 1200 rows');
    expect(text).not.toMatch(/NaN|undefined/);
  });
});

/** The same clients with another score_c. */
async function withScore(model: Judged, score: string): Promise<Judged> {
  const folder = await freshFolder();
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: folder });
  const holdout = join(folder, 'holdout.parquet');
  await db.copyToParquet(`select * replace ((${score})::float as score_c) from read_parquet(${sqlString(model.holdout)})`, holdout);
  return { ...model, holdout };
}
