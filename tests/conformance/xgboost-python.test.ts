import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openXgboost, type BoosterParams } from '../../pipeline/index.ts';
import { trainParams } from '../../stages/train/params.ts';
import { boosterParameters } from '../../stages/train/trainers/xgboost/booster-parameters.ts';
import { boosterSample, CATEGORY } from './booster-sample.ts';
import { python } from './project-python.ts';

/** The real Python client on the same library file: everything must agree to the last bit. */
const installed = existsSync(python);
const [ROUNDS, ITERATION_END] = [30, 11];

const parameters: BoosterParams = {
  ...boosterParameters(
    trainParams.parse({ eta: 0.1, minChildWeight: 2, colsample: 0.5, lambda: 3, alpha: 0.1, seed: 11, monotone: true }),
    {
      target: Array.from({ length: 1500 }, (_, row) => row % 2),
      columns: (['lowers', 'raises', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'] as const).map((direction) => ({ direction })),
    },
  ),
  nthread: 1,
};

describe(`Python's xgboost${installed ? '' : ' (skipped: no .venv here; run make setup)'}`, () => {
  const native = installed ? test : test.skip;
  const { matrix, label } = boosterSample();
  let folder = '';
  let model: Uint8Array = new Uint8Array(0);

  beforeAll(async () => {
    if (!installed) return;
    folder = await mkdtemp(join(tmpdir(), 'sluice-python-'));
    const xgb = openXgboost({ threads: 1 });
    using train = xgb.quantileMatrix(matrix, { label, maxBin: 64, categorical: new Set([CATEGORY]) });
    using booster = xgb.booster(parameters, [train]);
    for (let round = 0; round < ROUNDS; round++) booster.update(round, train);
    model = booster.toBuffer();
    booster.save(join(folder, 'node.ubj'));
    await writeFile(join(folder, 'data.f32'), new Uint8Array(matrix.data.buffer));
    await writeFile(join(folder, 'label.f32'), new Uint8Array(label.buffer));
    await writeFile(
      join(folder, 'request.json'),
      JSON.stringify({ columns: matrix.columns, categorical: [CATEGORY], rounds: ROUNDS, iterationEnd: ITERATION_END, parameters }),
    );
    await promisify(execFile)(python, [join(import.meta.dirname, 'xgboost-python.py'), folder], {
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
  });
  afterAll(() => (folder === '' ? undefined : rm(folder, { recursive: true })));

  const floats = async (name: string): Promise<Float32Array> =>
    new Float32Array(Uint8Array.from(await readFile(join(folder, name))).buffer);

  native('is of the version that we loaded, and finds the names and types of the features in our model', async () => {
    const answer = JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8'));
    expect(answer).toEqual({
      version: openXgboost({ threads: 1 }).version,
      names: matrix.columns,
      types: ['q', 'q', 'q', 'q', 'q', 'q', 'c'],
    });
  });

  native('trains the same bytes from the same parameters and data', async () => {
    expect(Buffer.compare(await readFile(join(folder, 'python.ubj')), model)).toBe(0);
  });

  native('predicts the same from our model: probabilities, margins of the first rounds, SHAP contributions', async () => {
    const xgb = openXgboost({ threads: 2 });
    using booster = xgb.loadModel(model);
    expect(booster.categoricalFeatures).toEqual(new Set([CATEGORY]));
    using rows = xgb.matrix(matrix);
    expect(booster.predict(rows, { type: 'value' })).toEqual(await floats('value.f32'));
    expect(booster.predict(rows, { type: 'margin', iterationEnd: ITERATION_END })).toEqual(await floats('margin.f32'));
    expect(booster.predict(rows, { type: 'contributions' })).toEqual(await floats('contributions.f32'));
  });
});
