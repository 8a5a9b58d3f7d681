import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLightgbm, wholeView } from '../../pipeline/index.ts';
import { trainParams } from '../../stages/train/params.ts';
import { catalogueEntry } from '../../stages/train/testing/catalogue-entry.ts';
import { lightgbmParameters } from '../../stages/train/trainers/lightgbm/lightgbm-parameters.ts';
import { boosterSample, CATEGORY } from './booster-sample.ts';
import { lightgbmInPython, python } from './project-python.ts';

/** The real Python client on the same library file: everything must agree to the last bit. */
const installed = lightgbmInPython();
const [ROUNDS, ITERATION_END] = [30, 11];
const directions = { EXT_SOURCE_2: 'lowers', AMT_CREDIT: 'raises' } as const;
const parameters = lightgbmParameters({
  params: trainParams.parse({ seed: 11, lightgbm: { learningRate: 0.1, minDataInLeaf: 5 } }),
  columns: boosterSample().matrix.columns.map((name) =>
    catalogueEntry(name, {
      direction: name === 'EXT_SOURCE_2' || name === 'AMT_CREDIT' ? directions[name] : 'unknown',
      ...(name === CATEGORY ? { levels: Array.from({ length: 12 }, (_, level) => `kind ${level}`) } : {}),
    }),
  ),
});

describe(`Python's lightgbm${installed ? '' : ' (skipped: no lightgbm in .venv; run make setup)'}`, () => {
  const native = installed ? test : test.skip;
  const { matrix, label } = boosterSample();
  const weight = label.map((value) => 1 + 2 * value);
  let folder = '';
  let model: Uint8Array = new Uint8Array(0);

  beforeAll(async () => {
    if (!installed) return;
    folder = await mkdtemp(join(tmpdir(), 'sluice-lightgbm-'));
    const lightgbm = openLightgbm({ threads: 1 });
    using train = lightgbm.dataset(wholeView(matrix), { label, weight, params: parameters });
    using booster = lightgbm.booster(parameters, train);
    for (let round = 0; round < ROUNDS; round++) booster.update();
    model = booster.toBuffer();
    await writeFile(join(folder, 'node.txt'), model);
    await writeFile(join(folder, 'data.f32'), new Uint8Array(matrix.data.buffer));
    await writeFile(join(folder, 'label.f32'), new Uint8Array(label.buffer));
    await writeFile(join(folder, 'weight.f32'), new Uint8Array(weight.buffer));
    await writeFile(
      join(folder, 'request.json'),
      JSON.stringify({ columns: matrix.columns, rounds: ROUNDS, iterationEnd: ITERATION_END, parameters }),
    );
    await promisify(execFile)(python, [join(import.meta.dirname, 'lightgbm-python.py'), folder], {
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
  });
  afterAll(() => (folder === '' ? undefined : rm(folder, { recursive: true })));

  const doubles = async (name: string): Promise<Float64Array> =>
    new Float64Array(Uint8Array.from(await readFile(join(folder, name))).buffer);

  native('is of the version that we loaded, and finds the feature names in our model', async () => {
    const answer = JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8'));
    expect(answer).toEqual({ version: openLightgbm({ threads: 1 }).version, names: matrix.columns });
  });

  native('trains the same bytes from the same parameters, weights and data', async () => {
    expect(await readFile(join(folder, 'python.txt'), 'utf8')).toBe(Buffer.from(model).toString('utf8'));
  });

  native('predicts the same from our model: probabilities, margins of the first rounds, SHAP contributions', async () => {
    using booster = openLightgbm({ threads: 2 }).loadModel(model);
    expect(booster.predict(wholeView(matrix), { type: 'value' })).toEqual(await doubles('value.f64'));
    expect(booster.predict(wholeView(matrix), { type: 'margin', count: ITERATION_END })).toEqual(await doubles('margin.f64'));
    expect(booster.predict(wholeView(matrix), { type: 'contributions' })).toEqual(await doubles('contributions.f64'));
  });
});
