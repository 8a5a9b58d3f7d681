import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tableArtifact } from '../../pipeline/testing/run-body.ts';
import type { ModelSummary } from '../../stages/train/stage.ts';
import { judge } from './out-of-fold.ts';

/** 40 clients in four folds, every fourth a default; `noise` is how far chance moves a margin. */
async function files(noise: number, { factor = 1, first = 1 }: { readonly factor?: number; readonly first?: number } = {}) {
  const rows = Array.from({ length: 40 }, (_, row) => {
    const target = row % 4 === 0 ? 1 : 0;
    const margin = (target === 1 ? 1 : -2) + noise * Math.sin(row * 7.3) + Math.log(factor);
    return `(${first + row}::integer, ${target}::tinyint, ${Math.floor(row / 4) % 4}::tinyint, ${margin}::float)`;
  });
  const summary: ModelSummary = {
    trainer: 'xgboost',
    format: 'xgboost-ubj',
    library: 'xgboost',
    libraryVersion: '3.2.0',
    features: [],
    prohibited: [],
    rounds: 1,
    classWeight: 'none',
    positiveWeight: factor,
    baseRate: 0.25,
    rows: 40,
    positives: 10,
    folds: [],
    parameters: {},
  };
  const path = join(await mkdtemp(join(tmpdir(), 'sluice-judge-')), 'summary.json');
  await writeFile(path, JSON.stringify(summary));
  const oof = await tableArtifact(`select * from (values ${rows.join(', ')}) t(SK_ID_CURR, TARGET, fold, margin)`);
  return { 'train.oof': oof, 'train.summary': path };
}

test('a perfect ranking has AUC 1 and cost 0; a noisy one is worse by a difference whose interval leaves out zero', async () => {
  const { rows } = await judge([
    { label: 'perfect', repeats: [await files(0.1), await files(0.2)] },
    { label: 'noisy', repeats: [await files(6), await files(6)] },
  ]);
  expect(rows[0]).toMatchObject({ metrics: { auc: { value: 1, lo: 1, hi: 1 }, cost: { value: 0 } }, against: null });
  const difference = rows[1]?.against?.['auc'];
  expect(difference?.value).toBeCloseTo((rows[1]?.metrics['auc']?.value ?? Number.NaN) - 1, 12);
  expect(difference?.hi).toBeLessThan(0);
});

test('costs are those counted by hand, with the odds factor in or taken off', async () => {
  const { rows } = await judge([{ label: 'weighted', repeats: [await files(0, { factor: 10 })] }]);
  // Margins −2 and 1: σ(−2) = 0.119 is above 1/11 = 0.091 already, so every payer is refused either way: 30 of 40.
  expect(rows[0]?.metrics['cost_corrected']?.value).toBeCloseTo(30 / 40, 12);
  const low = await judge([{ label: 'low', repeats: [await files(0, { factor: 0.5 })] }]);
  // σ(−2 + ln 0.5) = 0.063 is below, σ(1 + ln 0.5) = 0.576 above: as said, nobody is decided wrongly.
  expect(low.rows[0]?.metrics['cost_raw']?.value).toBe(0);
});

test('other clients are refused: nothing could be compared row by row', async () => {
  const points = [
    { label: 'a', repeats: [await files(1)] },
    { label: 'b', repeats: [await files(1, { first: 100 })] },
  ];
  await expect(judge(points)).rejects.toMatchObject({ code: 'CONFIG_VALUE' });
});
