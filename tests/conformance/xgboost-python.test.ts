import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openXgboost, type BoosterParams, type FloatMatrix } from '../../pipeline/index.ts';
import { trainParams } from '../../stages/train/params.ts';
import { boosterParameters } from '../../stages/train/trainers/xgboost/booster-parameters.ts';

/** The real Python client on the same library file: everything must agree to the last bit. */
const python = join(process.cwd(), '.venv', 'bin', 'python');
const installed = existsSync(python);
const [ROUNDS, ITERATION_END] = [30, 11];

const parameters: BoosterParams = {
  ...boosterParameters(
    trainParams.parse({ eta: 0.1, minChildWeight: 2, colsample: 0.5, lambda: 3, alpha: 0.1, seed: 11, monotone: true }),
    {
      target: Array.from({ length: 1500 }, (_, row) => row % 2),
      directions: ['lowers', 'raises', 'unknown', 'unknown', 'unknown', 'unknown'],
    },
  ),
  nthread: 1,
};

/** 1,500 rows of six columns, one of them always missing; labels with noise. */
function sample(): { matrix: FloatMatrix; label: Float32Array } {
  const columns = ['EXT_SOURCE_2', 'AMT_CREDIT', 'term', 'missing', 'flag', 'rest'];
  const noise = (seed: number): number => Math.sin(seed * 12.9898) * 43_758.547 - Math.floor(Math.sin(seed * 12.9898) * 43_758.547);
  const rows = 1500;
  const data = new Float32Array(rows * columns.length);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [ext, credit, term, rest, luck] = [1, 2, 3, 4, 5].map((offset) => noise(row * 5 + offset)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    data.set([row % 9 === 0 ? Number.NaN : ext, credit * 1e6, term * 60, Number.NaN, row % 2, rest], row * columns.length);
    label[row] = 0.6 * ext + 0.3 * credit + 0.4 * luck > 0.85 ? 1 : 0;
  }
  return { matrix: { rows, columns, data }, label };
}

describe(`Python's xgboost${installed ? '' : ' (skipped: no .venv here; run make setup)'}`, () => {
  const native = installed ? test : test.skip;
  const { matrix, label } = sample();
  let folder = '';
  let model: Uint8Array = new Uint8Array(0);

  beforeAll(async () => {
    if (!installed) return;
    folder = await mkdtemp(join(tmpdir(), 'sluice-python-'));
    const xgb = openXgboost({ threads: 1 });
    using train = xgb.quantileMatrix(matrix, { label, maxBin: 64 });
    using booster = xgb.booster(parameters, [train]);
    for (let round = 0; round < ROUNDS; round++) booster.update(round, train);
    model = booster.toBuffer();
    booster.save(join(folder, 'node.ubj'));
    await writeFile(join(folder, 'data.f32'), new Uint8Array(matrix.data.buffer));
    await writeFile(join(folder, 'label.f32'), new Uint8Array(label.buffer));
    await writeFile(
      join(folder, 'request.json'),
      JSON.stringify({ columns: matrix.columns, rounds: ROUNDS, iterationEnd: ITERATION_END, parameters }),
    );
    await promisify(execFile)(python, [join(import.meta.dirname, 'xgboost-python.py'), folder], {
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
  }, 120_000);
  afterAll(() => (folder === '' ? undefined : rm(folder, { recursive: true })));

  const floats = async (name: string): Promise<Float32Array> =>
    new Float32Array(Uint8Array.from(await readFile(join(folder, name))).buffer);

  native('is of the version that we loaded, and finds the feature names in our model', async () => {
    const answer = JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8'));
    expect(answer).toEqual({ version: openXgboost({ threads: 1 }).version, names: matrix.columns });
  });

  native('trains the same bytes from the same parameters and data', async () => {
    expect(Buffer.compare(await readFile(join(folder, 'python.ubj')), model)).toBe(0);
  });

  native('predicts the same from our model: probabilities, margins of the first rounds, SHAP contributions', async () => {
    const xgb = openXgboost({ threads: 2 });
    using booster = xgb.loadModel(model);
    using rows = xgb.matrix(matrix);
    expect(booster.predict(rows, { type: 'value' })).toEqual(await floats('value.f32'));
    expect(booster.predict(rows, { type: 'margin', iterationEnd: ITERATION_END })).toEqual(await floats('margin.f32'));
    expect(booster.predict(rows, { type: 'contributions' })).toEqual(await floats('contributions.f32'));
  });
});
