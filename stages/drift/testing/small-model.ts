import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openXgboost } from '../../../pipeline/index.ts';

/** Of the small model: one tree or so a round on two features of which only x matters. */
export const SMALL_SUMMARY = {
  library: 'xgboost',
  libraryVersion: '3',
  features: ['x', 'y'],
  prohibited: [],
  rounds: 10,
  classWeight: 'none',
  positiveWeight: 1,
  baseRate: 0.08,
  rows: 200,
  positives: 49,
  folds: [],
  parameters: {},
};

export const SMALL_DECISION = {
  costFalseNegative: 10,
  costFalsePositive: 1,
  threshold: 0.3,
  thresholdFromData: { value: 0.5, lo: 0.4, hi: 0.6, regretOfCostThreshold: 0 },
};

/** A folder as `sluice drift --model FOLDER` wants it: a tiny real model on two features, x in [0, 3) and y in [0, 1). */
export async function smallModelFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-model-'));
  const xgboost = openXgboost({ threads: 1 });
  const data = Float32Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? (index / 400) * 3 : index / 400));
  const label = Float32Array.from({ length: 200 }, (_, row) => (row > 150 ? 1 : 0));
  using matrix = xgboost.matrix({ rows: 200, columns: ['x', 'y'], data }, { label });
  using booster = xgboost.booster({ objective: 'binary:logistic', max_depth: 2, eta: 0.3 }, [matrix]);
  for (let round = 0; round < 10; round++) booster.update(round, matrix);
  booster.save(join(folder, 'model.ubj'));
  const files = { summary: SMALL_SUMMARY, calibrator: { method: 'none' }, decision: SMALL_DECISION };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, `${name}.json`), JSON.stringify(content));
  return folder;
}
