import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type BodyRun, jsonArtifact, runBody } from '../../pipeline/testing/run-body.ts';
import { auc } from '../metrics/auc.ts';
import { logLoss } from '../metrics/log-loss.ts';
import { type Evaluation, evaluationSchema } from './evaluation-schema.ts';
import run from './run.ts';
import { evaluate } from './stage.ts';
import { decision, drawApplicants, freshFolder, readParquet, trainModel, writeApplicants } from './testing/small-world.ts';

const metricLine = z.strictObject({ name: z.string(), value: z.number(), step: z.int() });
const calibrator = { method: 'platt', a: 1.05, b: 0.02 } as const;

async function evaluateOnce(threads: number): Promise<BodyRun<typeof evaluate.outputs>> {
  const folder = await freshFolder();
  const holdout = drawApplicants(1200, 2);
  const trained = await trainModel(folder, drawApplicants(4000, 1));
  const tables = await writeApplicants(folder, holdout);
  const trainMetrics = join(folder, 'train.ndjson');
  const rounds = Array.from({ length: 60 }, (_, round) =>
    [0, 1, 2, 3, 4].flatMap((fold) =>
      ['auc', 'log_loss', 'cost'].map((metric) =>
        JSON.stringify({ name: `fold${fold}_valid_${metric}`, value: 0.5 + fold / 50 + Math.log1p(round) / 20, step: round }),
      ),
    ),
  );
  await writeFile(trainMetrics, rounds.flat().join('\n'));
  return runBody(evaluate, run, {
    inputs: {
      ...tables,
      trainMetrics,
      model: trained.model,
      summary: await jsonArtifact(trained.summary),
      calibrator: await jsonArtifact(calibrator),
      decision: await jsonArtifact(decision),
      catalogue: await jsonArtifact([
        {
          name: 'score_a',
          table: 'bureau',
          formula: 'a',
          concept: 'external scores',
          en: 'A',
          fr: 'A',
          direction: 'raises',
          prohibited: false,
          changeable: false,
        },
      ]),
    },
    params: { bootstrap: 60, shapRows: 300 },
    threads,
  });
}

describe('evaluate', () => {
  let found: BodyRun<typeof evaluate.outputs>;
  let evaluation: Evaluation;
  let rows: Record<string, unknown>[];
  beforeAll(async () => {
    found = await evaluateOnce(2);
    evaluation = evaluationSchema.parse(JSON.parse(await readFile(found.outputs.evaluation, 'utf8')));
    rows = await readParquet(found.outputs.predictions);
  });
  const numbers = (column: string): number[] => rows.map((row) => Number(row[column]));

  test('predictions are by client, and calibrated and decision follow from probability', () => {
    expect(rows).toHaveLength(1200);
    expect(numbers('SK_ID_CURR')).toEqual(numbers('SK_ID_CURR').toSorted((left, right) => left - right));
    for (const row of rows) {
      const [p, margin, calibrated] = [Number(row['probability']), Number(row['margin']), Number(row['calibrated'])];
      expect(p).toBeCloseTo(1 / (1 + Math.exp(-margin)), 6);
      expect(calibrated).toBeCloseTo(1 / (1 + Math.exp(-(1.05 * Math.log(p / (1 - p)) + 0.02))), 12);
      expect(row['decision']).toBe(calibrated >= 1 / 11 ? 1 : 0);
    }
  });

  test('the headline numbers can be recomputed from the predictions', () => {
    const [target, probability, calibrated] = [numbers('target'), numbers('probability'), numbers('calibrated')];
    expect(evaluation.headline.auc.value).toBeCloseTo(auc(target, probability), 12);
    expect(evaluation.headline.logLoss.value).toBeCloseTo(logLoss(target, calibrated), 12);
    const wrong = rows.reduce(
      (cost, row) => cost + (row['target'] === 1 && row['decision'] === 0 ? 10 : row['target'] === 0 && row['decision'] === 1 ? 1 : 0),
      0,
    );
    expect(evaluation.headline.costPerApplicant.value).toBeCloseTo(wrong / 1200, 12);
    expect(evaluation.approvalRate).toBeCloseTo(1 - numbers('decision').reduce((sum, value) => sum + value, 0) / 1200, 12);
    for (const [name, { value, lo, hi }] of Object.entries(evaluation.headline))
      expect({ name, ordered: lo <= value && value <= hi && lo < hi }).toEqual({ name, ordered: true });
  });

  test('metrics carry the names that others rely on, with their intervals', async () => {
    const lines = (await readFile(found.outputs.metrics, 'utf8')).trim().split('\n');
    const metrics = new Map(lines.map((line) => metricLine.parse(JSON.parse(line))).map(({ name, value }) => [name, value]));
    for (const name of ['auc', 'gini', 'ks', 'pr_auc', 'log_loss', 'brier', 'ece', 'cost_per_applicant', 'approval_rate'].map(
      (end) => `holdout_${end}`,
    )) {
      for (const end of ['', '_lo', '_hi']) expect([name, metrics.has(`${name}${end}`)]).toEqual([name, true]);
    }
    expect(metrics.get('threshold')).toBe(1 / 11);
    expect(metrics.get('holdout_auc')).toBe(evaluation.headline.auc.value);
  });

  test('the noise column matters least, and contributions add up', () => {
    expect(evaluation.importance.map(({ feature }) => feature)).toEqual(['score_a', 'score_b', 'score_c']);
    expect(evaluation.importance[0]?.concept).toBe('external scores');
    expect(evaluation.shapAdditivityError).toBeLessThan(1e-5);
  });

  test('groups partition the holdout; a handful of XNA clients does not set the impact ratio', () => {
    for (const { attribute, groups } of evaluation.fairness) {
      expect([attribute, groups.reduce((sum, group) => sum + group.rows, 0)]).toEqual([attribute, 1200]);
    }
    const sex = evaluation.fairness.find(({ attribute }) => attribute === 'sex');
    expect(sex?.groups.map(({ group }) => group)).toEqual(['F', 'M', 'XNA']);
    const [f = 0, m = 0] = sex?.groups.map(({ approvalRate }) => approvalRate) ?? [];
    expect(sex?.adverseImpactRatio?.value).toBeCloseTo(Math.min(f, m) / Math.max(f, m), 12);
  });

  test('figures are images with a title and a description, without ids in common', async () => {
    const files = (await readdir(found.outputs.figures)).toSorted();
    expect(files).toEqual([
      'calibration.svg',
      'cost_curve.svg',
      'importance.svg',
      'lift.svg',
      'precision_recall.svg',
      'roc.svg',
      'rounds.svg',
    ]);
    const texts = await Promise.all(files.map((file) => readFile(join(found.outputs.figures, file), 'utf8')));
    const ids = texts.flatMap((text) => [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    expect(new Set(ids).size).toBe(ids.length);
    for (const text of texts) {
      expect(text).toMatch(/^<svg [^>]*role="img" aria-labelledby="(\w+)-title \1-desc"><title id="\1-title">[^<]+<\/title><desc/);
      expect(text).not.toMatch(/NaN|undefined|<script|@font-face|url\((?!#)|<image/);
    }
  });

  test('one thread or two: the same bytes', async () => {
    const again = await evaluateOnce(1);
    const files = ({ outputs }: typeof found): readonly string[] => [outputs.evaluation, outputs.metrics, outputs.predictions];
    for (const [at, path] of files(found).entries())
      expect((await readFile(files(again)[at] ?? '')).equals(await readFile(path))).toBe(true);
    for (const file of await readdir(found.outputs.figures)) {
      expect(await readFile(join(again.outputs.figures, file), 'utf8')).toBe(await readFile(join(found.outputs.figures, file), 'utf8'));
    }
  });
});

test('a holdout with one outcome is refused by name', async () => {
  const folder = await freshFolder();
  const all = drawApplicants(300, 2);
  const trained = await trainModel(folder, all);
  const tables = await writeApplicants(folder, { ...all, target: all.target.fill(0) });
  const inputs = {
    ...tables,
    trainMetrics: await jsonArtifact({}),
    model: trained.model,
    summary: await jsonArtifact(trained.summary),
    calibrator: await jsonArtifact(calibrator),
    decision: await jsonArtifact(decision),
    catalogue: await jsonArtifact([]),
  };
  await expect(runBody(evaluate, run, { inputs })).rejects.toMatchObject({
    code: 'DATA_ONE_CLASS',
    message: 'of 300 holdout rows 0 defaulted; judging a model takes two of each kind',
  });
});
