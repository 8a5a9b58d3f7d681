import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { DuckDb, openXgboost, xgboostPath } from '../../pipeline/index.ts';
import { jsonArtifact, runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import { auc } from '../metrics/auc.ts';
import { costPerApplicant } from '../metrics/cost.ts';
import { logLoss } from '../metrics/log-loss.ts';
import { crossValidate } from './cross-validate.ts';
import run from './run.ts';
import { trainParams } from './params.ts';
import { type ModelSummary, modelSummary, train } from './stage.ts';
import { catalogueEntry } from './testing/catalogue-entry.ts';
import { leafWeight } from './trainers/xgboost/booster-parameters.ts';
import { openXgboostTrainer } from './trainers/xgboost/trainer.ts';

const installed = xgboostPath({ projectDir: process.cwd() }) !== null;
const native = installed ? test : test.skip;
const FOLDS = [0, 1, 2, 3];
const COLUMNS = ['income', 'debt', 'noise', 'CODE_GENDER'];
const small = { rounds: 60, patience: 15, eta: 0.2, minChildWeight: 1, lambda: 1, colsample: 1 };

/** Uniform on [0, 1) by row and salt. */
const draw = (salt: number): string => `((hash(i * 31 + ${salt}) % 1000003)::double / 1000003)`;

/** 800 rows in four folds; the target follows income, debt and sex. */
function developmentTable(target = `(0.9 * income - debt - 0.4 * CODE_GENDER + 0.8 * luck < -0.3)`): Promise<string> {
  return tableArtifact(`select i::integer as SK_ID_CURR, (${target})::tinyint as TARGET, 'train' as part, (i % 4)::tinyint as fold,
      income::float as income, case when i % 11 = 0 then null else debt::float end as debt, ${draw(5)}::float as noise, CODE_GENDER::float as CODE_GENDER
    from (select i, ${draw(1)} as income, ${draw(2)} as debt, i % 3 % 2 as CODE_GENDER, ${draw(4)} as luck from range(800) t(i)) order by i desc`);
}

function catalogueFile(columns: readonly string[] = COLUMNS): Promise<string> {
  return jsonArtifact(columns.map((name) => catalogueEntry(name, { prohibited: name === 'CODE_GENDER' })));
}

async function runTrain(
  options: { readonly params?: Readonly<Record<string, unknown>>; readonly threads?: number; readonly development?: string } = {},
) {
  const development = options.development ?? (await developmentTable());
  const inputs = { development, catalogue: await catalogueFile() };
  const { outputs, events, reads } = await runBody(train, run, {
    inputs,
    params: { ...small, ...options.params },
    threads: options.threads ?? 1,
  });
  using db = await DuckDb.open({ threads: 1, memoryMb: 256, tempDir: tmpdir() });
  const oof = await db.all<{ SK_ID_CURR: number; TARGET: number; fold: number; margin: number; probability: number }>(
    'select * from read_parquet($path)',
    { path: outputs.oof },
  );
  const points = (await readFile(outputs.metrics, 'utf8'))
    .trim()
    .split('\n')
    .map((line): { name: string; value: number; step: number } => JSON.parse(line));
  const summary: ModelSummary = modelSummary.parse(JSON.parse(await readFile(outputs.summary, 'utf8')));
  const series = (name: string): number[] => points.filter((point) => point.name === name && point.step > 0).map(({ value }) => value);
  const metric = (name: string): number => points.find((point) => point.name === name && point.step === 0)?.value ?? Number.NaN;
  const warnings = events.flatMap((event) => (event.type === 'stage.log' && event.level === 'warn' ? [event.message] : []));
  return { outputs, oof, summary, series, metric, warnings, reads };
}

describe(`train${installed ? '' : ' (skipped: no libxgboost here; run make setup)'}`, () => {
  native('gives a model without sex, and out-of-fold predictions of every row by id', async () => {
    const { outputs, oof, summary, metric } = await runTrain();
    expect(summary).toMatchObject({
      features: ['income', 'debt', 'noise'],
      prohibited: ['CODE_GENDER'],
      rows: 800,
      positiveWeight: 1,
      libraryVersion: '3.2.0',
    });
    const bytes = await readFile(outputs.model);
    using booster = openXgboost({ threads: 1 }).loadModel(bytes);
    expect(booster.featureNames).toEqual(summary.features);
    expect(booster.rounds).toBe(summary.rounds);
    expect(oof.map((row) => row.SK_ID_CURR)).toEqual(Array.from({ length: 800 }, (_, id) => id));
    expect(Math.max(...oof.map(({ margin, probability }) => Math.abs(1 / (1 + Math.exp(-margin)) - probability)))).toBeLessThan(1e-6);
    const aucs = FOLDS.map((fold) => oof.filter((row) => row.fold === fold)).map((rows) =>
      auc(
        rows.map((row) => row.TARGET),
        rows.map((row) => row.margin),
      ),
    );
    expect(summary.folds.map((fold) => fold.auc)).toEqual(aucs);
    expect(metric('cv_auc')).toBeCloseTo(aucs.reduce((sum, value) => sum + value, 0) / 4, 12);
    expect(metric('cv_auc')).toBeGreaterThan(0.75);
    expect(metric('cv_log_loss')).toBeCloseTo(
      logLoss(
        oof.map((row) => row.TARGET),
        oof.map((row) => row.probability),
      ),
      6,
    );
    expect(metric('cv_cost_per_applicant')).toBe(
      costPerApplicant(
        oof.map((row) => row.TARGET),
        oof.map((row) => row.probability),
        1 / 11,
        { falseNegative: 10, falsePositive: 1 },
      ),
    );
  });

  native.each([
    ['xgboost', ['eta'], ['lightgbm', 'forest', 'portable', 'logistic']],
    ['lightgbm', ['lightgbm.learningRate'], ['eta', 'maxDepth', 'forest', 'logistic']],
    ['dummy', ['classWeight'], ['eta', 'lightgbm', 'forest', 'portable', 'rounds']],
  ])('%s reads its own settings only: those of others invalidate nothing', async (trainer, own, others) => {
    const { reads, summary } = await runTrain({ params: { trainer } });
    const read = (key: string): boolean => reads.some((path) => path === `params.train.${key}` || path.startsWith(`params.train.${key}.`));
    expect({ own: own.filter(read), others: others.filter(read) }).toEqual({ own, others: [] });
    expect(reads.filter((path) => path.endsWith('*'))).toEqual([]);
    expect(summary.trainer).toBe(trainer);
  });

  native('keeps, for each fold, the round that is best on the mean curve of the others', async () => {
    const { summary, series, oof } = await runTrain();
    const curves = FOLDS.map((fold) => series(`fold${fold}_valid_log_loss`));
    const bestOf = (folds: readonly number[]): number => {
      const meanCurve = (curves[0] ?? []).map(
        (_, round) => folds.reduce((sum, fold) => sum + (curves[fold]?.[round] ?? Number.NaN), 0) / folds.length,
      );
      const stop = meanCurve.findIndex((_, round) => round + 1 - (argmin(meanCurve.slice(0, round + 1)) + 1) >= small.patience);
      return argmin(stop < 0 ? meanCurve : meanCurve.slice(0, stop + 1)) + 1;
    };
    expect(summary.rounds).toBe(bestOf(FOLDS));
    expect(summary.folds.map((fold) => fold.rounds)).toEqual(FOLDS.map((fold) => bestOf(FOLDS.filter((other) => other !== fold))));
    const [first] = summary.folds;
    expect(series('fold0_valid_auc')[(first?.rounds ?? 0) - 1]).toBe(first?.auc);
    const rows = oof.filter((row) => row.fold === 0);
    expect(curves[0]?.[(first?.rounds ?? 0) - 1]).toBeCloseTo(
      logLoss(
        rows.map((row) => row.TARGET),
        rows.map((row) => row.probability),
      ),
      6,
    );
    expect(series('fold0_train_auc').length).toBe(Math.floor((curves[0]?.length ?? 0) / 10));
    expect(series('fold3_valid_cost')).toHaveLength(curves[0]?.length ?? -1);
  });

  native('the same seed gives the same bytes, with one thread and with two; another seed does not', async () => {
    const one = await runTrain({ threads: 1 });
    const two = await runTrain({ threads: 2 });
    const other = await runTrain({ params: { seed: 2 } });
    for (const port of ['model', 'oof', 'metrics', 'summary'] as const) {
      expect({ port, equal: (await readFile(one.outputs[port])).equals(await readFile(two.outputs[port])) }).toEqual({ port, equal: true });
    }
    expect((await readFile(one.outputs.model)).equals(await readFile(other.outputs.model))).toBe(false);
  });

  native('tells what sex would add, and uses it when told to', async () => {
    const without = await runTrain();
    const used = await runTrain({ params: { useProhibited: true } });
    expect(used.summary).toMatchObject({ features: COLUMNS, prohibited: [] });
    expect(without.metric('cv_auc_with_prohibited')).toBe(used.metric('cv_auc'));
    expect(without.metric('cv_auc_with_prohibited')).toBeGreaterThan(without.metric('cv_auc') + 0.01);
    expect(used.metric('cv_auc_with_prohibited')).toBeNaN();
  });

  native('finds nothing in a target that is noise', async () => {
    const { metric } = await runTrain({ development: await developmentTable(`${draw(9)} < 0.3`) });
    expect(Math.abs(metric('cv_auc') - 0.5)).toBeLessThan(0.06);
  });

  native('weights raise the raw probabilities; the logged log-loss takes them out again', async () => {
    const plain = await runTrain();
    const cost = await runTrain({ params: { classWeight: 'cost' } });
    const balanced = await runTrain({ params: { classWeight: 'balanced' } });
    const { positives, rows } = plain.summary;
    expect(cost.summary.positiveWeight).toBe(10);
    expect(balanced.summary.positiveWeight).toBe((rows - positives) / positives);
    const average = (of: typeof plain, target: number): number => {
      const kept = of.oof.filter((row) => row.TARGET === target);
      return kept.reduce((sum, row) => sum + row.probability, 0) / kept.length;
    };
    // What a likelihood keeps: the mean prediction is the rate of defaults, each row with its weight.
    expect((positives * average(plain, 1) + (rows - positives) * average(plain, 0)) / rows).toBeCloseTo(positives / rows, 1);
    expect(Math.abs((average(balanced, 1) + average(balanced, 0)) / 2 - 0.5)).toBeLessThan(0.1);
    expect(average(cost, 0)).toBeGreaterThan(average(plain, 0) + 0.05);
    expect(Math.abs(cost.metric('cv_log_loss') - plain.metric('cv_log_loss'))).toBeLessThan(0.05);
  });

  native('says why it learns nothing where the params forbid every split', async () => {
    const { oof, warnings } = await runTrain({ params: { rounds: 5, alpha: 1e6 } });
    expect(new Set(oof.map(({ margin }) => margin)).size).toBe(FOLDS.length);
    expect(warnings).toEqual([expect.stringMatching(/^no tree makes a split.*lower params\.train\.minChildWeight, alpha or lambda/)]);
    expect((await runTrain({ params: { rounds: 5 } })).warnings).toEqual([
      expect.stringContaining('the best round is the last one allowed, 5'),
    ]);
  });

  native('stops between rounds when it is cancelled', async () => {
    const controller = new AbortController();
    const features = { rows: 8, columns: ['x'], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
    const data = { features, target: Float32Array.of(0, 1, 0, 1, 0, 1, 0, 1), fold: Int8Array.of(0, 0, 0, 0, 1, 1, 1, 1) };
    const params = trainParams.parse({ ...small, rounds: 100 });
    const trainer = openXgboostTrainer({ params, columns: [], target: data.target, threads: 1, projectDir: process.cwd() });
    const seen: number[] = [];
    const cancelled = crossValidate(trainer, data, {
      patience: 100,
      positiveWeight: 1,
      costs: { falseNegative: 10, falsePositive: 1 },
      signal: controller.signal,
      onRound: (round) => {
        seen.push(round);
        if (round === 3) controller.abort();
      },
    });
    await expect(cancelled).rejects.toThrow(/abort/);
    expect(seen).toEqual([1, 2, 3]);
  });

  native('refuses one class, a fold without defaults, and a column that nobody described', async () => {
    await expect(runTrain({ development: await developmentTable('false') })).rejects.toMatchObject({ code: 'DATA_ONE_CLASS' });
    await expect(runTrain({ development: await developmentTable('(i % 4 > 0 and income > 0.5)') })).rejects.toMatchObject({
      code: 'DATA_TOO_SMALL',
      message: expect.stringContaining('fold 0 has 200 rows and 0 defaults'),
    });
    const inputs = { development: await developmentTable(), catalogue: await catalogueFile(['income', 'debt', 'CODE_GENDER']) };
    await expect(runBody(train, run, { inputs })).rejects.toMatchObject({
      code: 'ARTIFACT_SCHEMA',
      message: expect.stringContaining('noise'),
    });
  });
});

function argmin(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

describe('leafWeight', () => {
  const book = (rows: number, positives: number): number[] => Array.from({ length: rows }, (_, row) => (row < positives ? 1 : 0));

  test('leaves what was asked alone in a large book, and lowers it to a tenth of the weight of a small one', () => {
    expect(leafWeight(20, book(5000, 400))).toBe(20);
    expect(leafWeight(20, book(1000, 100))).toBe(9); // 1000 × 0.1 × 0.9 ÷ 10
    expect(leafWeight(2, book(1000, 100))).toBe(2);
  });
});
