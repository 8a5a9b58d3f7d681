import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { openXgboost } from '../../pipeline/index.ts';
import { xgboostPath } from '../../pipeline/native/xgboost/locate-library.ts';

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
  };
}

if (missing !== undefined) test.skip(`shap_*: skipped, ${missing}`, () => expect(missing).toBeUndefined());

for (const name of missing === undefined ? cases : [])
  describe(`case ${name}`, () => {
    const text = readFileSync(join(folder, name), 'utf8');
    const truth: Case = JSON.parse(text);
    const width = truth.rows_float32[0]?.length ?? 0;
    const data = Float32Array.from(truth.rows_float32.flat(), (value) => (typeof value === 'number' ? value : Number.NaN));
    const matrix = { rows: truth.rows_float32.length, columns: Array.from({ length: width }, (_, index) => `f${index}`), data };

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
  });

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
