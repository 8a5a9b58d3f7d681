import process from 'node:process';
import { expect, test } from '@jest/globals';
import { createPrng } from '../metrics/prng.ts';
import { learningCurve } from './learning-curve.ts';
import { trainParams } from './params.ts';
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

const entry = {
  table: 'a',
  formula: 'a',
  concept: 'a',
  en: 'a',
  fr: 'a',
  direction: 'unknown',
  prohibited: false,
  changeable: false,
} as const;

test('more rows of the same clients, the same validation rows; the same numbers twice; a share without defaults is skipped', async () => {
  const data = rows(1500);
  const columns = ['x', 'noise'].map((name) => ({ ...entry, name }));
  const trainer = await openTrainer({ params: trainParams.parse({}), columns, target: data.target, threads: 1, projectDir: process.cwd() });
  const options = {
    positiveWeight: 1,
    costs: { falseNegative: 10, falsePositive: 1 },
    shares: [0.5, 0.05, 0.0005],
    rounds: 20,
    signal: new AbortController().signal,
  };
  const points = await learningCurve(trainer, data, options);
  expect(points.map((point) => point.rows)).toEqual([60, 600].map((size) => expect.closeTo(size, -1)));
  expect(points[1]?.auc).toBeGreaterThan(points[0]?.auc ?? 1);
  expect(points[1]?.auc).toBeGreaterThan(0.7);
  expect(await learningCurve(trainer, data, options)).toEqual(points);
});
