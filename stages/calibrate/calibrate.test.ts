import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import { applyCalibrator, logit, sigmoid } from './apply-calibrator.ts';
import { chooseMethod } from './choose-method.ts';
import { crossFit } from './cross-fit.ts';
import { decide } from './decide.ts';
import { fitBeta } from './fit-beta.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt } from './fit-platt.ts';
import run from './run.ts';
import { calibrate, calibratorSchema, decisionSchema } from './stage.ts';

const GRID = Array.from({ length: 99 }, (_, index) => (index + 1) / 100);

/** Two rows a probability, a default and a repaid loan, weighted so that `rate(p)` of them default; heavy, so that smoothing vanishes. */
function population(rate: (p: number) => number): { target: number[]; probability: number[]; weight: number[] } {
  return {
    target: GRID.flatMap(() => [1, 0]),
    probability: GRID.flatMap((p) => [p, p]),
    weight: GRID.flatMap((p) => [1e7 * rate(p), 1e7 * (1 - rate(p))]),
  };
}

describe('the fits recover what made the data', () => {
  test('platt', () => {
    const { a, b } = fitPlatt(population((p) => sigmoid(0.7 * logit(p) - 1.2)));
    expect([a, b]).toEqual([expect.closeTo(0.7, 6), expect.closeTo(-1.2, 6)]);
  });

  test('beta', () => {
    const { a, b, c } = fitBeta(population((p) => sigmoid(0.5 * Math.log(p) - 1.8 * Math.log(1 - p) - 0.4)));
    expect([a, b, c]).toEqual([expect.closeTo(0.5, 5), expect.closeTo(1.8, 5), expect.closeTo(-0.4, 5)]);
  });

  test('beta stays on its bounds: a falling part is left out, a falling score gives the base rate', () => {
    const bounded = fitBeta(population((p) => sigmoid(-0.5 * Math.log(p) - 1.5 * Math.log(1 - p) - 2)));
    expect(bounded.a).toBe(0);
    expect(bounded.b).toBeGreaterThan(0.5);
    const falling = fitBeta(population((p) => 1 - p));
    expect(falling).toEqual({ method: 'beta', a: 0, b: 0, c: expect.closeTo(0, 6) });
  });

  test('isotonic pools violators, interpolates between points and is flat outside', () => {
    const fitted = fitIsotonic({ target: [0, 1, 0, 1], probability: [0.1, 0.2, 0.3, 0.4] });
    expect(fitted).toEqual({ method: 'isotonic', x: [0.1, 0.2, 0.3, 0.4], y: [0, 0.5, 0.5, 1] });
    expect([...applyCalibrator(fitted, [0, 0.15, 0.25, 0.35, 0.9])]).toEqual([
      0,
      expect.closeTo(0.25, 12),
      0.5,
      expect.closeTo(0.75, 12),
      1,
    ]);
    expect([...applyCalibrator({ method: 'isotonic', x: [0.2], y: [0.3] }, [0.1, 0.2, 0.9])]).toEqual([0.3, 0.3, 0.3]);
  });

  test('certain scores stay finite, equal scores give the rate', () => {
    const separated = fitPlatt({ target: [0, 0, 1, 1], probability: [0, 0, 1, 1] });
    expect(applyCalibrator(separated, [0, 1]).every((p) => p > 0 && p < 1)).toBe(true);
    const constant = { target: [0, 0, 0, 1], probability: [0.5, 0.5, 0.5, 0.5] };
    // Smoothed: (1·⅔ + 3·⅕) / 4.
    expect(applyCalibrator(fitPlatt(constant), [0.5])[0]).toBeCloseTo(0.316_667, 6);
    expect(applyCalibrator(fitBeta(constant), [0.5])[0]).toBeCloseTo(0.316_667, 6);
    expect(applyCalibrator(fitIsotonic(constant), [0.5])[0]).toBe(0.25);
  });
});

/** Scores of 600 rows in five folds; of each ten rows with one score, ten times that score have defaulted. */
function honest(distort: (p: number) => number): { target: Uint8Array; fold: Int8Array; probability: Float64Array } {
  const rows = Array.from({ length: 600 }, (_, row) => ({ p: [0.1, 0.2, 0.3, 0.4, 0.6, 0.8][Math.floor(row / 100)] ?? 0, at: row % 10 }));
  return {
    target: Uint8Array.from(rows, ({ p, at }) => (at < Math.round(10 * p) ? 1 : 0)),
    fold: Int8Array.from(rows, (_, row) => Math.floor(row / 10) % 5),
    probability: Float64Array.from(rows, ({ p }) => distort(p)),
  };
}

describe('the choice', () => {
  const crossFitted = (oof: ReturnType<typeof honest>): Parameters<typeof chooseMethod>[1] => ({
    none: crossFit('none', oof),
    platt: crossFit('platt', oof),
    beta: crossFit('beta', oof),
    isotonic: crossFit('isotonic', oof),
  });

  test('leaves probabilities alone that are right already', () => {
    const oof = honest((p) => p);
    expect(chooseMethod(oof.target, crossFitted(oof))).toBe('none');
  });

  test('takes the simplest that repairs shifted log-odds', () => {
    const oof = honest((p) => sigmoid(logit(p) + 2));
    expect(chooseMethod(oof.target, crossFitted(oof))).toBe('platt');
  });

  test('no row is in the calibration that is applied to it', () => {
    const oof = honest((p) => p);
    const before = crossFit('isotonic', oof);
    const flipped = { ...oof, target: oof.target.map((value, row) => (oof.fold[row] === 2 ? 1 - value : value)) };
    const after = crossFit('isotonic', flipped);
    expect([...after].filter((_, row) => oof.fold[row] === 2)).toEqual([...before].filter((_, row) => oof.fold[row] === 2));
    expect(after).not.toEqual(before);
  });
});

describe('the decision', () => {
  const costs = { falseNegative: 10, falsePositive: 1 };

  test('the threshold is 1/11; the data would have chosen 0.3 and saved a half per applicant', () => {
    const decision = decide([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.9], { costs, replicates: 50, seed: 1 });
    expect(decision.threshold).toBeCloseTo(1 / 11, 12);
    expect(decision.thresholdFromData).toMatchObject({ value: 0.3, regretOfCostThreshold: 0.5 });
    expect(decision.thresholdFromData.lo).toBeGreaterThanOrEqual(0.3);
    expect(decision.thresholdFromData.hi).toBeLessThanOrEqual(0.9);
  });

  test('is a finite 1 where refusing nobody is cheapest', () => {
    const decision = decide([1, 0, 0, 0], [0.1, 0.2, 0.3, 0.9], {
      costs: { falseNegative: 1, falsePositive: 10 },
      replicates: 50,
      seed: 1,
    });
    expect(decision.thresholdFromData).toEqual({ value: 1, lo: 1, hi: 1, regretOfCostThreshold: 0 });
  });
});

describe('the stage', () => {
  const oofTable = (probability: string): Promise<string> =>
    tableArtifact(`select i::integer as SK_ID_CURR, (i % 10 < 1 + i // 100)::tinyint as TARGET, (i // 10 % 5)::tinyint as fold,
      ln(p / (1 - p))::float as margin, p::float as probability from (select i, ${probability} as p from range(500) t(i))`);
  const metric = async (path: string, name: string): Promise<number> =>
    JSON.parse((await readFile(path, 'utf8')).split('\n').find((line) => line.includes(`"${name}"`)) ?? '{}').value;

  test('repairs the output of a model trained with weights', async () => {
    // True rate (1 + i // 100) / 10; the model has seen defaults ten times.
    const oof = await oofTable('10 * (1 + i // 100) / (10.0 * (1 + i // 100) + (9 - i // 100))');
    const first = await runBody(calibrate, run, { inputs: { oof } });
    const { outputs, reads } = first;
    const calibrator = calibratorSchema.parse(JSON.parse(await readFile(outputs.calibrator, 'utf8')));
    expect(calibrator.method).toBe('platt');
    expect(applyCalibrator(calibrator, [10 / 19])[0]).toBeCloseTo(0.1, 1);
    const decision = decisionSchema.parse(JSON.parse(await readFile(outputs.decision, 'utf8')));
    expect(decision.threshold).toBeCloseTo(1 / 11, 12);
    expect(await metric(outputs.metrics, 'calibration_ece_none')).toBeGreaterThan(0.4);
    expect(await metric(outputs.metrics, 'calibration_ece_platt')).toBeLessThan(0.02);
    expect(reads).toContain('params.calibrate.method');
    const again = await runBody(calibrate, run, { inputs: { oof }, threads: 1 });
    const files = (run: typeof again): Promise<string[]> =>
      Promise.all([run.outputs.calibrator, run.outputs.decision, run.outputs.metrics].map((path) => readFile(path, 'utf8')));
    expect(await files(again)).toEqual(await files(first));
  });

  test('warns when it is told to leave wrong probabilities alone', async () => {
    const oof = await oofTable('0.9 + i / 10000.0');
    const { events } = await runBody(calibrate, run, { inputs: { oof }, params: { method: 'none' } });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'stage.log', level: 'warn', message: expect.stringContaining('off by 0.6') }),
    );
  });

  test('refuses scores of one class', async () => {
    const oof = await tableArtifact(
      'select 1::integer as SK_ID_CURR, 0::tinyint as TARGET, 0::tinyint as fold, 0::float as margin, 0.5::float as probability',
    );
    await expect(runBody(calibrate, run, { inputs: { oof } })).rejects.toMatchObject({ code: 'DATA_ONE_CLASS' });
  });
});
