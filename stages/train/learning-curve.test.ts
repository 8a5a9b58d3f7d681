import process from 'node:process';
import { expect, test } from '@jest/globals';
import { createPrng } from '../metrics/prng.ts';
import { learningCurve } from './learning-curve.ts';
import { trainParams } from './params.ts';
import { catalogueEntry } from './testing/catalogue-entry.ts';
import { openDummyTrainer } from './trainers/dummy/trainer.ts';
import { openTrainer } from './trainers/open-trainer.ts';

/** Log-odds −1 + 1.5·x; the other column is noise. */
function rows(count: number) {
  const prng = createPrng(4);
  const data = Float32Array.from({ length: count * 2 }, () => 4 * prng.next() - 2);
  const target = Float32Array.from({ length: count }, (_, row) =>
    prng.next() < 1 / (1 + Math.exp(1 - 1.5 * (data[row * 2] ?? 0))) ? 1 : 0,
  );
  return { features: { rows: count, columns: ['x', 'noise'], data }, target, fold: Int8Array.from(target, (_, row) => row % 5) };
}

const judged = { positiveWeight: 1, costs: { falseNegative: 10, falsePositive: 1 }, rounds: 20, signal: new AbortController().signal };

test('more rows of the same clients, the same validation rows; the same numbers twice; a share without defaults is skipped', async () => {
  const data = rows(1500);
  const columns = ['x', 'noise'].map((name) => catalogueEntry(name));
  const trainer = await openTrainer({ params: trainParams.parse({}), columns, target: data.target, threads: 1, projectDir: process.cwd() });
  const options = { ...judged, shares: [0.5, 0.05, 0.0005] };
  const points = await learningCurve(trainer, data, options);
  expect(points.map((point) => point.rows)).toEqual([60, 600].map((size) => expect.closeTo(size, -1)));
  expect(points[1]?.auc).toBeGreaterThan(points[0]?.auc ?? 1);
  expect(points[1]?.auc).toBeGreaterThan(0.7);
  expect(await learningCurve(trainer, data, options)).toEqual(points);
});

test('its parts are resampled as the folds are, and the odds factor is taken off: the dummy’s loss is that of the part’s own rate', async () => {
  const data = rows(400);
  const options = { ...judged, rounds: 1, shares: [0.5] };
  const [plain] = await learningCurve(openDummyTrainer(), data, options);
  for (const resample of ['undersample', 'smote'] as const) {
    const resampling = { resample, resampleShare: 0.7, seed: 1 };
    const asked: number[] = [];
    const dummy = openDummyTrainer();
    const start: typeof dummy.start = (train, valid) => {
      asked.push(train.label.reduce((sum, value) => sum + value, 0) / train.label.length);
      return dummy.start(train, valid);
    };
    const [point] = await learningCurve({ ...dummy, start }, data, { ...options, resampling });
    expect(asked).toEqual([expect.closeTo(0.7, 2)]);
    expect(point?.rows).toBe(plain?.rows);
    expect(point?.logLoss).toBeCloseTo(plain?.logLoss ?? Number.NaN, 6);
  }
});
