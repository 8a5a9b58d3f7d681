import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { runBody, tableArtifact } from '../../pipeline/testing/run-body.ts';
import { applyCalibrator, logit, sigmoid } from './apply-calibrator.ts';
import { chooseMethod } from './choose-method.ts';
import { crossFit } from './cross-fit.ts';
import { costPerApplicant } from '../metrics/cost.ts';
import { decide } from './decide.ts';
import { fitBeta } from './fit-beta.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt } from './fit-platt.ts';
import { impliedThresholds } from './policy.ts';
import run from './run.ts';
import { shiftPrior } from './shift-prior.ts';
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

  const plain = { costs, rule: 'costs', payoffs: null, maxApprovalShare: null, deploymentRate: null, replicates: 50, seed: 1 } as const;
  /** The reference project's profit matrix. */
  const payoffs = { trueNegative: 6, falsePositive: -4, falseNegative: -40, truePositive: 0 };

  test('the threshold is 1/11; the data would have chosen 0.3 and saved a half per applicant', () => {
    const { decision, economics } = decide([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.9], plain);
    expect(decision).not.toHaveProperty('basis');
    expect(economics.implied).toEqual({ costs: 1 / 11, profit: 1 / 11, agree: true, note: null });
    expect(decision.threshold).toBeCloseTo(1 / 11, 12);
    expect(decision.thresholdFromData).toMatchObject({ value: 0.3, regretOfCostThreshold: 0.5 });
    expect(decision.thresholdFromData.lo).toBeGreaterThanOrEqual(0.3);
    expect(decision.thresholdFromData.hi).toBeLessThanOrEqual(0.9);
  });

  test('is a finite 1 where refusing nobody is cheapest', () => {
    const { decision } = decide([1, 0, 0, 0], [0.1, 0.2, 0.3, 0.9], { ...plain, costs: { falseNegative: 1, falsePositive: 10 } });
    expect(decision.thresholdFromData).toEqual({ value: 1, lo: 1, hi: 1, regretOfCostThreshold: 0 });
  });

  test('two matrices that do not agree are pointed out: 10:1 implies 1/11, 6/−4/−40 implies 0.20', () => {
    const { implied, threshold } = decide([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.9], { ...plain, payoffs }).economics;
    expect(implied.agree).toBe(false);
    expect(implied.profit).toBeCloseTo(0.2, 12);
    expect(implied.note).toMatch(/\(10:1\) implies refusing from 0\.0909, the profit matrix \(4:1 .*\) from 0\.2000/);
    expect(threshold.threshold).toBeCloseTo(1 / 11, 12);
    const agreeing = { trueNegative: 1, falsePositive: 0, falseNegative: -10, truePositive: 0 };
    expect(impliedThresholds(costs, agreeing)).toMatchObject({ agree: true, note: null });
  });

  test('the threshold may follow the profit matrix or the data instead', () => {
    const from = (rule: 'profit' | 'data'): number =>
      decide([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.9], { ...plain, payoffs, rule }).decision.threshold;
    expect(from('profit')).toBeCloseTo(0.2, 12);
    expect(from('data')).toBe(0.3);
  });

  test('a limit on approvals lowers the threshold until they fit, equal scores together', () => {
    const limited = (maxApprovalShare: number): ReturnType<typeof decide> =>
      decide([0, 0, 0, 1, 1], [0.01, 0.02, 0.02, 0.05, 0.9], { ...plain, maxApprovalShare });
    expect(limited(0.8).decision).toMatchObject({ threshold: 1 / 11, basis: { capacityBinds: false } });
    expect(limited(0.6).decision).toMatchObject({ threshold: 0.05, basis: { capacityBinds: true, maxApprovalShare: 0.6 } });
    // Two of five would fit, but the second and third are one score.
    expect(limited(0.4).decision.threshold).toBe(0.02);
    const { capacity } = limited(0.6).economics;
    expect(capacity.map(({ maxApprovalShare }) => maxApprovalShare)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(capacity.map(({ approvalShare }) => approvalShare)).toEqual([0, 0.2, 0.2, 0.2, 0.2, 0.6, 0.6, 0.8, 0.8, 1]);
    expect(capacity[0]).toMatchObject({ badRateAmongApproved: null, costPerApplicant: 0.6 });
    expect(capacity[9]).toMatchObject({ badRateAmongApproved: 0.4, costPerApplicant: 4 });
  });

  test('regret by threshold: nowhere below 0, 0 where the least cost is, the same as by hand', () => {
    const rows = honest((p) => p);
    const { economics } = decide(rows.target, rows.probability, plain);
    expect(economics.regret).toHaveLength(25);
    for (const { threshold, regret, lo, hi } of economics.regret) {
      const cost = costPerApplicant(rows.target, rows.probability, threshold, costs);
      const least = Math.min(...[0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 2].map((at) => costPerApplicant(rows.target, rows.probability, at, costs)));
      expect(regret).toBeCloseTo(cost - least, 12);
      expect([threshold, lo >= -1e-12 && lo <= hi]).toEqual([threshold, true]);
    }
    expect(economics.regret[12]).toMatchObject({ threshold: expect.closeTo(1 / 11, 12), regret: 0 });
  });

  test('another base rate moves the threshold as shifted probabilities would', () => {
    const score = [0.02, 0.05, 0.08, 0.12, 0.3];
    const { decision, economics } = decide([0, 0, 0, 0, 1], score, { ...plain, deploymentRate: 0.05 });
    expect(economics.baseRate).toBe(0.2);
    const shifted = shiftPrior(score, 0.2, 0.05);
    expect(score.map((p) => p >= decision.threshold)).toEqual([...shifted].map((p) => p >= 1 / 11));
    // Odds of 0.3, times (1/19)/(1/4).
    expect(shifted[4]).toBeCloseTo(((3 / 7) * (4 / 19)) / (1 + (3 / 7) * (4 / 19)), 12);
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

  test('says that two matrices do not agree, and how to mend it', async () => {
    const { events } = await runBody(calibrate, run, {
      inputs: { oof: await oofTable('(1 + i // 100) / 10.0') },
      params: { profit: { trueNegative: 6, falsePositive: -4, falseNegative: -40 } },
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'stage.log', level: 'warn', message: expect.stringContaining('do not describe the same business') }),
    );
  });

  test('refuses a single fold', async () => {
    const oof = await tableArtifact(
      'select i::integer as SK_ID_CURR, (i % 2)::tinyint as TARGET, 0::tinyint as fold, 0::float as margin, 0.5::float as probability from range(6) t(i)',
    );
    await expect(runBody(calibrate, run, { inputs: { oof } })).rejects.toMatchObject({ code: 'DATA_TOO_SMALL' });
  });

  test('refuses scores of one class', async () => {
    const oof = await tableArtifact(
      'select 1::integer as SK_ID_CURR, 0::tinyint as TARGET, 0::tinyint as fold, 0::float as margin, 0.5::float as probability',
    );
    await expect(runBody(calibrate, run, { inputs: { oof } })).rejects.toMatchObject({ code: 'DATA_ONE_CLASS' });
  });
});
