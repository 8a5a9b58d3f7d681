import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { type FloatMatrix, openXgboost } from '../../pipeline/index.ts';
import { xgboostPath } from '../../pipeline/native/xgboost/locate-library.ts';
import { exactContributions } from '../../stages/explanations/contributions.ts';
import { interventionalContributions, treeModel } from '../../stages/explanations/interventional.ts';
import { boosterModel } from '../../stages/scoring/model/xgboost-model.ts';

/** Numbers of Python's xgboost and of shap's TreeExplainer for a model that comes with them. */
const folder = join(process.env['SLUICE_REFERENCE'] ?? '../shared/reference', 'decision');
const cases = existsSync(folder) ? readdirSync(folder).filter((name) => /^shap_.*\.json$/.test(name)) : [];
const missing =
  cases.length === 0
    ? `no such case files in ${folder} (set SLUICE_REFERENCE)`
    : xgboostPath({ projectDir: process.cwd() }) === null
      ? 'no libxgboost; run make setup'
      : undefined;
const TOLERANCE = 1e-5;

interface Case {
  readonly model: unknown;
  /** null or {nonfinite} is missing. */
  readonly rows_float32: readonly (readonly unknown[])[];
  readonly expect: {
    readonly margin: number[];
    readonly probability: number[];
    readonly pred_contribs_last_is_bias: number[][];
    readonly shap_tree_path_dependent: number[][];
    readonly shap_expected_value: number;
    readonly interventional?: {
      readonly background: readonly (readonly unknown[])[];
      readonly values: number[][];
      readonly expected_value: number;
    };
  };
}

if (missing !== undefined) test.skip(`shap_*: skipped, ${missing}`, () => expect(missing).toBeUndefined());

for (const name of missing === undefined ? cases : [])
  describe(`case ${name}`, () => {
    const text = readFileSync(join(folder, name), 'utf8');
    const truth: Case = JSON.parse(text);
    const matrix = toMatrix(truth.rows_float32);
    const width = matrix.columns.length;

    test('margins, probabilities and contributions agree to 1e-5, and contributions add up to the margin', () => {
      const xgb = openXgboost({ threads: 1 });
      using booster = xgb.loadModel(new TextEncoder().encode(modelText(truth.model)));
      using rows = xgb.matrix(matrix);
      const contributions = booster.predict(rows, { type: 'contributions' });
      const margin = booster.predict(rows, { type: 'margin' });
      expect(gap(margin, truth.expect.margin)).toBeLessThanOrEqual(TOLERANCE);
      expect(gap(booster.predict(rows, { type: 'value' }), truth.expect.probability)).toBeLessThanOrEqual(TOLERANCE);
      expect(gap(contributions, truth.expect.pred_contribs_last_is_bias.flat())).toBeLessThanOrEqual(TOLERANCE);
      const withoutBias = contributions.filter((_, index) => index % (width + 1) !== width);
      expect(gap(withoutBias, truth.expect.shap_tree_path_dependent.flat())).toBeLessThanOrEqual(TOLERANCE);
      const sums = margin.map((_, row) =>
        contributions.subarray(row * (width + 1), (row + 1) * (width + 1)).reduce((sum, value) => sum + value, 0),
      );
      expect(gap(sums, [...margin])).toBeLessThanOrEqual(TOLERANCE);
    });

    test('the library that explains gives the same, with its own bias, and refuses what does not add up', () => {
      const xgb = openXgboost({ threads: 1 });
      using model = boosterModel(xgb, xgb.loadModel(new TextEncoder().encode(modelText(truth.model))));
      const { values, bias, margin } = exactContributions(model, matrix);
      expect(gap(values, truth.expect.shap_tree_path_dependent.flat())).toBeLessThanOrEqual(TOLERANCE);
      expect(Math.abs(bias - truth.expect.shap_expected_value)).toBeLessThanOrEqual(TOLERANCE);
      expect(gap(margin, truth.expect.margin)).toBeLessThanOrEqual(TOLERANCE);
      const bent = {
        ...model,
        predict: (rows: FloatMatrix) => ({ ...model.predict(rows), margin: model.predict(rows).margin.map((value) => value + 0.01) }),
      };
      expect(() => exactContributions(bent, matrix)).toThrow(/add up to/);
    });

    const { interventional } = truth.expect;
    if (interventional !== undefined)
      test('interventional contributions against the recorded background agree to 1e-5', () => {
        const found = interventionalContributions(treeModel.parse(truth.model), matrix, toMatrix(interventional.background));
        expect(gap(found.values, interventional.values.flat())).toBeLessThanOrEqual(TOLERANCE);
        expect(Math.abs(found.expected - interventional.expected_value)).toBeLessThanOrEqual(TOLERANCE);
      });
  });

/** null or {nonfinite} is missing. */
function toMatrix(rows: readonly (readonly unknown[])[]): FloatMatrix {
  const data = Float32Array.from(rows.flat(), (value) => (typeof value === 'number' ? value : Number.NaN));
  return { rows: rows.length, columns: Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => `f${index}`), data };
}

const FLOAT_LISTS = new Set(['base_weights', 'loss_changes', 'split_conditions', 'sum_hessian']);

/** XGBoost 3 refuses whole numbers in lists of floats, and JavaScript drops their ".0": they are written with an exponent. */
function modelText(model: unknown): string {
  const marked = JSON.stringify(model, (key, value: unknown) =>
    FLOAT_LISTS.has(key) && Array.isArray(value) ? value.map((number) => `#${Number(number).toExponential()}`) : value,
  );
  return marked.replaceAll(/"#([^"]+)"/g, '$1');
}

function gap(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...expected.map((value, index) => Math.abs((actual[index] ?? Number.NaN) - value)));
}
