import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { isSluiceError } from '../../errors/sluice-error.ts';
import type { FloatMatrix } from '../duckdb/matrix.ts';
import { copyRows, wholeView } from '../row-view.ts';
import { lightgbmNames } from './dataset.ts';
import { openLightgbm } from './lightgbm.ts';
import { lightgbmPath, locateLightgbm } from './locate-library.ts';
import type { LightgbmParams } from './parameters.ts';

const installed = lightgbmPath({ projectDir: process.cwd() }) !== null;
const native = installed ? test : test.skip;
const params: LightgbmParams = {
  objective: 'binary',
  num_leaves: 7,
  min_data_in_leaf: 5,
  deterministic: 'true',
  force_col_wise: 'true',
  seed: 1,
  verbosity: 0,
};

/** x decides, y is noise, gap is missing at times, empty always. */
function sample(rows = 600): { readonly matrix: FloatMatrix; readonly label: Float32Array } {
  const columns = ['x', 'y', 'gap', 'empty'];
  const data = new Float32Array(rows * 4);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = ((row * 7919) % 1000) / 1000;
    data.set([x, ((row * 104_729) % 997) / 997, row % 3 === 0 ? Number.NaN : x * x, Number.NaN], row * 4);
    label[row] = x + ((row * 31) % 100) / 200 > 0.8 ? 1 : 0;
  }
  return { matrix: { rows, columns, data }, label };
}

function trainBytes(
  { matrix, label }: ReturnType<typeof sample>,
  { threads = 1, rounds = 20, more = {} }: { threads?: number; rounds?: number; more?: LightgbmParams } = {},
): Uint8Array {
  const lightgbm = openLightgbm({ threads });
  using train = lightgbm.dataset(wholeView(matrix), { label, params: { ...params, ...more } });
  using booster = lightgbm.booster({ ...params, ...more }, train);
  for (let round = 0; round < rounds; round++) booster.update();
  return booster.toBuffer();
}

describe(`LightGBM${installed ? '' : ' (skipped: no lib_lightgbm here; run make setup)'}`, () => {
  native('gives one model on 1, 2 and 4 threads', () => {
    const [one, two, four] = [1, 2, 4].map((threads) => Buffer.from(trainBytes(sample(), { threads })).toString());
    expect(two).toBe(one);
    expect(four).toBe(one);
  });

  native('reads rows where they lie as it reads a copy of them', () => {
    const { matrix, label } = sample();
    const rows = Uint32Array.from({ length: 400 }, (_, at) => at + Math.floor(at / 2));
    const lightgbm = openLightgbm({ threads: 1 });
    const some = label.filter((_, row) => rows.includes(row));
    using viewed = lightgbm.dataset({ matrix, rows }, { label: some, params });
    using byView = lightgbm.booster(params, viewed);
    for (let round = 0; round < 10; round++) byView.update();
    const copy = trainBytes({ matrix: copyRows({ matrix, rows }), label: some }, { rounds: 10 });
    expect(Buffer.from(byView.toBuffer()).toString()).toBe(Buffer.from(copy).toString());
    expect(byView.predict({ matrix, rows }, { type: 'margin' })).toEqual(
      byView.predict(wholeView(copyRows({ matrix, rows })), { type: 'margin' }),
    );
  });

  native('contributions add up to the margin, and the margin to the probability', () => {
    const { matrix, label } = sample();
    using booster = openLightgbm({ threads: 1 }).loadModel(trainBytes({ matrix, label }));
    const margin = booster.predict(wholeView(matrix), { type: 'margin' });
    const contributions = booster.predict(wholeView(matrix), { type: 'contributions' });
    const sums = margin.map((_, row) => contributions.subarray(row * 5, row * 5 + 5).reduce((sum, value) => sum + value, 0));
    expect(Math.max(...sums.map((sum, row) => Math.abs(sum - (margin[row] ?? 0))))).toBeLessThan(1e-12);
    const value = booster.predict(wholeView(matrix), { type: 'value' });
    expect(Math.max(...value.map((p, row) => Math.abs(p - 1 / (1 + Math.exp(-(margin[row] ?? 0))))))).toBeLessThan(1e-15);
  });

  native('follows its predictions for validation rows', () => {
    const { matrix, label } = sample();
    const rows = Uint32Array.from({ length: 100 }, (_, at) => at * 5 + 2);
    const lightgbm = openLightgbm({ threads: 1 });
    using train = lightgbm.dataset(wholeView(matrix), { label, params });
    using valid = lightgbm.dataset({ matrix, rows }, { params, reference: train });
    using booster = lightgbm.booster(params, train, valid);
    for (let round = 0; round < 15; round++) booster.update();
    const followed = booster.followed('valid', 100);
    const predicted = booster.predict({ matrix, rows }, { type: 'value' });
    expect(Math.max(...followed.map((value, at) => Math.abs(value - (predicted[at] ?? 0))))).toBeLessThan(1e-14);
  });

  native('refuses what the library would take: unknown parameters, other columns, weights of another length', () => {
    const { matrix, label } = sample();
    expect(() => trainBytes({ matrix, label }, { more: { num_leafs: 5 } })).toThrow(/does not know the parameter num_leafs/);
    expect(() => trainBytes({ matrix, label: label.subarray(1) })).toThrow(/label has 599 values for 600 rows/);
    using booster = openLightgbm({ threads: 1 }).loadModel(trainBytes({ matrix, label }));
    const swapped = { ...matrix, columns: ['y', 'x', 'gap', 'empty'] };
    expect(() => booster.predict(wholeView(swapped), { type: 'value' })).toThrow(/feature 1 of the model is "x", of the matrix "y"/);
    const narrow = { rows: 1, columns: ['x'], data: Float32Array.of(1) };
    expect(() => booster.predict(wholeView(narrow), { type: 'value' })).toThrow(/the model has 4 features, the matrix 1/);
  });

  native('refuses a file that is cut off anywhere, that points outside itself, or is not the expected one', async () => {
    const lightgbm = openLightgbm({ threads: 1 });
    const bytes = trainBytes(sample(), { rounds: 4 });
    const text = Buffer.from(bytes).toString();
    const refuse = (damaged: Uint8Array | string, sha256?: string): string => {
      try {
        lightgbm.loadModel(typeof damaged === 'string' ? Buffer.from(damaged) : damaged, sha256).free();
        return 'taken';
      } catch (error) {
        return isSluiceError(error) ? error.code : String(error);
      }
    };
    expect(refuse(bytes)).toBe('taken');
    const cuts = Array.from({ length: 60 }, (_, at) => Math.floor((at * (bytes.length - 1)) / 59));
    expect(new Set(cuts.map((length) => refuse(bytes.subarray(0, length))))).toEqual(new Set(['MODEL_DAMAGED']));
    expect(refuse(text.replace(/split_feature=\d/, 'split_feature=9'))).toBe('MODEL_DAMAGED');
    expect(refuse(text.replace(/left_child=\S+/, 'left_child=99'))).toBe('MODEL_DAMAGED');
    expect(refuse(bytes, 'f'.repeat(64))).toBe('MODEL_DAMAGED');
    const path = join(await mkdtemp(join(tmpdir(), 'sluice-lightgbm-')), 'model.txt');
    await writeFile(path, text.slice(0, 300));
    expect(() => lightgbm.loadModel(path)).toThrow(path);
    expect(() => lightgbm.loadModel(`${path}.no`)).toThrow(/cannot be read/);
  });

  native('names with spaces, quotes and brackets stay apart', () => {
    expect(lightgbmNames(['a b', 'a_b', 'c"[1]', 'd'])).toEqual(['a_b', 'a_b_1', 'c__1_', 'd']);
    const { matrix, label } = sample();
    const odd = { ...matrix, columns: ['a b', 'a_b', 'c"[1]', 'Prêt: 1'] };
    using booster = openLightgbm({ threads: 1 }).loadModel(trainBytes({ matrix: odd, label }));
    expect(booster.featureNames).toEqual(['a_b', 'a_b_1', 'c__1_', 'Prêt__1']);
    expect(booster.predict(wholeView(odd), { type: 'value' })).toHaveLength(600);
  });

  native('says how many rounds it has, and minds being used after it was freed', () => {
    const booster = openLightgbm({ threads: 1 }).loadModel(trainBytes(sample(), { rounds: 3 }));
    expect(booster.rounds).toBe(3);
    booster.free();
    booster.free();
    expect(() => booster.rounds).toThrow(/has been freed/);
  });
});

test('a lib_lightgbm that is not there: the error says what to run', () => {
  expect(() => locateLightgbm('/nowhere', { LD_LIBRARY_PATH: '/also/nowhere' })).toThrow(
    expect.objectContaining({ code: 'NATIVE_NOT_FOUND', hint: expect.stringContaining('pip install lightgbm==4.7.0') }),
  );
  expect(() => locateLightgbm('/nowhere', { SLUICE_LIGHTGBM: '/gone/lib.so' })).toThrow(/SLUICE_LIGHTGBM names \/gone\/lib.so/);
  expect(existsSync('/gone/lib.so')).toBe(false);
});
