import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FloatMatrix } from '../duckdb/matrix.ts';
import { xgboostIdentity } from './identity.ts';
import { copyRows } from '../row-view.ts';
import type { Booster } from './booster.ts';
import { locateXgboost, xgboostPath } from './locate-library.ts';
import type { DMatrix } from './matrix.ts';
import { openXgboost } from './xgboost.ts';

const installed = xgboostPath({ projectDir: process.cwd() });
const native = installed === null ? test.skip : test;
const params = { objective: 'binary:logistic', tree_method: 'hist', eta: 0.2, max_depth: 3, subsample: 0.8, seed: 5 };

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice xgboost é-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Rows whose label follows the first two of three columns; every seventh value of `b` is missing, `empty` always is. */
function sample(rows: number): { matrix: FloatMatrix; label: Float32Array } {
  const columns = ['a', 'b', 'c', 'empty'];
  const noise = (seed: number): number => {
    const x = Math.sin(seed) * 43_758.547;
    return x - Math.floor(x);
  };
  const data = new Float32Array(rows * 4);
  const label = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [a, b, c] = [noise(3 * row + 1), noise(3 * row + 2), noise(3 * row + 3)];
    data.set([a, row % 7 === 0 ? Number.NaN : b, c, Number.NaN], row * 4);
    label[row] = a + b > 1.1 ? 1 : 0;
  }
  return { matrix: { rows, columns, data }, label };
}

const skipped = installed === null ? ' (skipped: no libxgboost here; run make setup)' : '';

function trained(threads: number): Uint8Array {
  const xgb = openXgboost({ threads });
  const { matrix, label } = sample(800);
  using train = xgb.matrix(matrix, { label });
  using booster = xgb.booster(params, [train]);
  for (let round = 0; round < 12; round++) booster.update(round, train);
  return booster.toBuffer();
}

describe(`openXgboost${skipped}`, () => {
  native('trains, saves and loads back a model that predicts the same', async () => {
    const xgb = openXgboost({ threads: 1 });
    const { matrix, label } = sample(800);
    using train = xgb.matrix(matrix, { label });
    using booster = xgb.booster(params, [train]);
    for (let round = 0; round < 12; round++) booster.update(round, train);
    expect(booster.rounds).toBe(12);
    expect(booster.featureNames).toEqual(matrix.columns);
    const path = join(dir, 'model.ubj');
    booster.save(path);
    expect(Buffer.compare(await readFile(path), booster.toBuffer())).toBe(0);
    const sha256 = createHash('sha256').update(booster.toBuffer()).digest('hex');
    using back = xgb.loadModel(path, sha256);
    expect(back.featureNames).toEqual(matrix.columns);
    expect(back.predict(train, { type: 'value' })).toEqual(booster.predict(train, { type: 'value' }));
    using json = xgb.loadModel(booster.toBuffer('json'));
    expect(json.predict(train, { type: 'margin' })).toEqual(booster.predict(train, { type: 'margin' }));
  });

  native('predicts rows in place to the bit as from a matrix of them, missing values and categories too, and refuses other columns', () => {
    const xgb = openXgboost({ threads: 2 });
    const { matrix, label } = sample(800);
    // One column of codes 0 to 3, a missing one among them.
    for (let at = 2; at < matrix.data.length; at += 4)
      matrix.data[at] = at % 12 === 2 ? Number.NaN : Math.floor(4 * (matrix.data[at] ?? 0));
    const categorical = new Set(['c']);
    using train = xgb.matrix(matrix, { label, categorical });
    using booster = xgb.booster(params, [train]);
    for (let round = 0; round < 12; round++) booster.update(round, train);
    using back = xgb.loadModel(booster.toBuffer());
    expect(back.categoricalFeatures).toEqual(categorical);
    using rows = xgb.matrix(matrix, { categorical });
    expect(back.predictInPlace(matrix)).toEqual(back.predict(rows, { type: 'value' }));
    const { columns, data } = matrix;
    expect(back.predictInPlace({ rows: 3, columns, data: data.subarray(8, 20) })).toEqual(back.predictInPlace(matrix).subarray(2, 5));
    expect(back.predictInPlace({ rows: 0, columns, data: data.subarray(0, 0) })).toHaveLength(0);
    expect(() => back.predictInPlace({ rows: 800, columns: ['b', 'a', 'c', 'empty'], data })).toThrow(/feature 1 of the model is "a"/);
    expect(() => back.predictInPlace({ rows: 801, columns, data })).toThrow(/needs 3204 values, got 3200/);
  });

  native('gives the same bytes with one thread and with two', () => {
    expect(Buffer.compare(trained(1), trained(2))).toBe(0);
  });

  native('trains the same trees from a quantile matrix, weights included', () => {
    const xgb = openXgboost({ threads: 1 });
    const { matrix, label } = sample(800);
    const weight = label.map((value) => (value === 1 ? 3 : 1));
    const model = (train: ReturnType<typeof xgb.matrix>): Uint8Array => {
      using booster = xgb.booster({ ...params, max_bin: 32 }, [train]);
      for (let round = 0; round < 12; round++) booster.update(round, train);
      return booster.toBuffer();
    };
    using plain = xgb.matrix(matrix, { label, weight });
    using binned = xgb.quantileMatrix(matrix, { label, weight, maxBin: 32 });
    expect(Buffer.compare(model(binned), model(plain))).toBe(0);
    using unweighted = xgb.quantileMatrix(matrix, { label, maxBin: 32 });
    expect(Buffer.compare(model(unweighted), model(plain))).not.toBe(0);
    expect(() => xgb.quantileMatrix({ rows: 1, columns: ['a'], data: Float32Array.of(Number.POSITIVE_INFINITY) }, { maxBin: 32 })).toThrow(
      /inf/,
    );
  });

  native(
    'trains the same trees from rows of a larger matrix, fed in batches, as from a copy of them; validation rows in its bins predict as they are',
    () => {
      const xgb = openXgboost({ threads: 1 });
      const { matrix, label } = sample(900);
      const rows = Uint32Array.from({ length: 600 }, (_, at) => at + Math.floor(at / 2));
      const own = {
        label: label.filter((_, row) => rows.includes(row)),
        weight: Float32Array.from(rows, (row) => 1 + (row % 3)),
        maxBin: 32,
      };
      using fed = xgb.quantileMatrix({ matrix, rows }, { ...own, batchRows: 70 });
      using copied = xgb.quantileMatrix(copyRows({ matrix, rows }), own);
      const train = (from: DMatrix): Booster => {
        const booster = xgb.booster({ ...params, max_bin: 32 }, [from]);
        for (let round = 0; round < 12; round++) booster.update(round, from);
        return booster;
      };
      using booster = train(fed);
      using same = train(copied);
      expect(Buffer.compare(booster.toBuffer(), same.toBuffer())).toBe(0);
      const others = Uint32Array.from({ length: 300 }, (_, at) => at * 3 + 2);
      using binned = xgb.quantileMatrix({ matrix, rows: others }, { maxBin: 32, reference: fed, batchRows: 128 });
      using plain = xgb.matrix(copyRows({ matrix, rows: others }));
      expect(booster.predict(binned, { type: 'margin' })).toEqual(booster.predict(plain, { type: 'margin' }));
      matrix.data[40] = Number.POSITIVE_INFINITY;
      expect(() => xgb.quantileMatrix({ matrix, rows }, { maxBin: 32, batchRows: 70 })).toThrow(/inf/);
      expect(() => xgb.quantileMatrix({ matrix, rows }, { label, maxBin: 32 })).toThrow(/label has 900 values for 600 rows/);
    },
  );

  native('predicts one row, and with the first rounds only; contributions add up to the margin', () => {
    const xgb = openXgboost({ threads: 1 });
    using booster = xgb.loadModel(trained(1));
    const { matrix } = sample(3);
    using all = xgb.matrix(matrix);
    using one = xgb.matrix({ rows: 1, columns: matrix.columns, data: matrix.data.subarray(4, 8) });
    const margin = booster.predict(one, { type: 'margin' });
    expect(margin).toHaveLength(1);
    expect(margin[0]).toBe(booster.predict(all, { type: 'margin' })[1]);
    expect(booster.predict(one, { type: 'margin', iterationEnd: 2 })[0]).not.toBe(margin[0]);
    const contributions = booster.predict(one, { type: 'contributions' });
    expect(contributions).toHaveLength(5);
    expect(contributions[3]).toBe(0);
    expect(contributions.reduce((sum, value) => sum + value, 0)).toBeCloseTo(margin[0] ?? Number.NaN, 5);
  });

  native('keeps predictions that were copied out when the library reuses its memory', () => {
    const xgb = openXgboost({ threads: 1 });
    using booster = xgb.loadModel(trained(1));
    using matrix = xgb.matrix(sample(50).matrix);
    const first = booster.predict(matrix, { type: 'value' });
    const kept = first.slice();
    booster.predict(matrix, { type: 'margin' });
    expect(first).toEqual(kept);
  });

  native('refuses other columns, another order and a parameter that XGBoost does not know', () => {
    const xgb = openXgboost({ threads: 1 });
    using booster = xgb.loadModel(trained(1));
    using fewer = xgb.matrix({ rows: 1, columns: ['a', 'b', 'c'], data: Float32Array.of(1, 2, 3) });
    expect(() => booster.predict(fewer, { type: 'value' })).toThrow(/model has 4 features, the matrix 3/);
    using swapped = xgb.matrix({ rows: 1, columns: ['b', 'a', 'c', 'empty'], data: Float32Array.of(1, 2, 3, 4) });
    expect(() => booster.predict(swapped, { type: 'value' })).toThrow(/feature 1 of the model is "a", of the matrix "b"/);
    const { matrix, label } = sample(20);
    using train = xgb.matrix(matrix, { label });
    using misspelt = xgb.booster({ ...params, max_dept: 3 }, [train]);
    expect(() => misspelt.update(0, train)).toThrow(
      expect.objectContaining({ code: 'NATIVE_XGBOOST', message: expect.stringContaining('max_dept') }),
    );
  });

  native('refuses infinite values, ragged data and names that Python would refuse', () => {
    const xgb = openXgboost({ threads: 1 });
    expect(() => xgb.matrix({ rows: 1, columns: ['a'], data: Float32Array.of(Number.POSITIVE_INFINITY) })).toThrow(/inf/);
    expect(() => xgb.matrix({ rows: 2, columns: ['a'], data: Float32Array.of(1) })).toThrow(/needs 2 values, got 1/);
    expect(() => xgb.matrix({ rows: 1, columns: ['a'], data: Float32Array.of(1) }, { label: Float32Array.of(1, 0) })).toThrow(
      /label has 2 values for 1 rows/,
    );
    expect(() => xgb.matrix({ rows: 1, columns: ['a<b'], data: Float32Array.of(1) })).toThrow(/"a<b"/);
    expect(() => xgb.matrix({ rows: 1, columns: ['a', 'a'], data: Float32Array.of(1, 2) })).toThrow(/"a" is there twice/);
  });

  native('may be freed twice; use after that is an error, not a crash', () => {
    const xgb = openXgboost({ threads: 1 });
    const booster = xgb.loadModel(trained(1));
    const matrix = xgb.matrix(sample(2).matrix);
    booster.free();
    booster.free();
    expect(() => booster.predict(matrix, { type: 'value' })).toThrow(/booster has been freed/);
    matrix.free();
    matrix.free();
    using other = xgb.loadModel(trained(1));
    expect(() => other.predict(matrix, { type: 'value' })).toThrow(/matrix has been freed/);
  });
});

describe(`loadModel${skipped}`, () => {
  native('refuses every truncation and every extension without asking the library, which may hang', () => {
    const xgb = openXgboost({ threads: 1 });
    const model = trained(1);
    for (let length = 0; length < model.length; length += 97) {
      expect(() => xgb.loadModel(model.subarray(0, length))).toThrow(expect.objectContaining({ code: 'MODEL_DAMAGED' }));
    }
    expect(() => xgb.loadModel(model.subarray(0, model.length - 1))).toThrow(expect.objectContaining({ code: 'MODEL_DAMAGED' }));
    expect(() => xgb.loadModel(Buffer.concat([model, Buffer.of(0)]))).toThrow(/1 bytes follow its end/);
    expect(() => xgb.loadModel(new TextEncoder().encode('{"learner": {'))).toThrow(expect.objectContaining({ code: 'MODEL_DAMAGED' }));
  });

  native('refuses one flipped bit when the digest is known', () => {
    const xgb = openXgboost({ threads: 1 });
    const model = trained(1);
    const sha256 = createHash('sha256').update(model).digest('hex');
    const flipped = model.slice();
    flipped[model.length >> 1] = (flipped[model.length >> 1] ?? 0) ^ 4;
    expect(() => xgb.loadModel(flipped, sha256)).toThrow(
      expect.objectContaining({ code: 'MODEL_DAMAGED', message: expect.stringContaining(sha256) }),
    );
  });

  native('names a file that is not there, and a JSON text that is no model', async () => {
    const xgb = openXgboost({ threads: 1 });
    expect(() => xgb.loadModel(join(dir, 'absent.ubj'))).toThrow(/absent\.ubj/);
    const path = join(dir, 'other.json');
    await writeFile(path, '{"learner": 3}');
    expect(() => xgb.loadModel(path)).toThrow(
      expect.objectContaining({ code: 'MODEL_DAMAGED', message: expect.stringContaining('other.json') }),
    );
  });
});

describe(`the resolver${skipped}`, () => {
  test('says what to run when there is none, and when SLUICE_XGBOOST is wrong', () => {
    expect(() => locateXgboost(dir, { SLUICE_XGBOOST: join(dir, 'gone.so') })).toThrow(
      expect.objectContaining({ code: 'NATIVE_NOT_FOUND', message: expect.stringContaining('gone.so') }),
    );
    try {
      locateXgboost(dir, {});
    } catch (error) {
      expect(error).toMatchObject({ code: 'NATIVE_NOT_FOUND', hint: expect.stringContaining('make setup') });
    }
  });

  native('takes the file that SLUICE_XGBOOST names, and identifies it by digest', async () => {
    const link = join(dir, 'libxgboost.so');
    await symlink(installed ?? '', link);
    expect(locateXgboost(dir, { SLUICE_XGBOOST: link })).toBe(link);
    const identity = await xgboostIdentity(process.cwd(), {});
    expect(identity).toEqual({
      path: installed,
      version: openXgboost({ threads: 1 }).version,
      sha256: createHash('sha256')
        .update(await readFile(installed ?? ''))
        .digest('hex'),
    });
  });
});
